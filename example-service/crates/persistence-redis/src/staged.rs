//! Changes that nobody else sees yet.

use domain::accounts::{SessionId, SessionSnapshot, TokenDigest};

use crate::change::Change;

/// What a unit of work does to sessions, in its order.
#[derive(Default)]
pub(crate) struct Staged {
    changes: Vec<Change>,
}

impl Staged {
    pub(crate) fn push(&mut self, change: Change) {
        self.changes.push(change);
    }

    /// All that is done to sessions.
    pub(crate) fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The session as this unit of work sees it.
    pub(crate) fn seen(
        &self,
        id: SessionId,
        stored: Option<SessionSnapshot>,
    ) -> Option<SessionSnapshot> {
        self.changes.iter().fold(stored, |session, change| change.apply_to(id, session))
    }

    /// The session that has got this refresh token in this unit of work.
    pub(crate) fn owner_of(&self, digest: &TokenDigest) -> Option<SessionId> {
        self.changes.iter().find_map(|change| match change {
            Change::Add(session) | Change::Update { next: session, .. } => {
                (session.refresh == *digest).then_some(session.id)
            }
            _ => None,
        })
    }

    /// Sessions that begin in this unit of work.
    pub(crate) fn added(&self) -> impl Iterator<Item = &SessionSnapshot> {
        self.changes.iter().filter_map(|change| match change {
            Change::Add(session) => Some(session),
            _ => None,
        })
    }
}
