//! What is done to sessions.

use domain::accounts::{Session, SessionId, SessionSnapshot, UserId};
use domain::shared::Version;
use serde::Serialize;
use time::{Duration, OffsetDateTime};

use crate::codec::time_to_text;
use crate::session_record::SessionRecord;

/// What is done to sessions by a unit of work.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    /// A session begins.
    Add(SessionSnapshot),
    /// A session is another one than before, if it still has the version that was loaded.
    Update { loaded: Version, next: SessionSnapshot },
    /// The sessions of a user end, but for one.
    RevokeAll { user: UserId, except: Option<SessionId>, now: OffsetDateTime },
    /// The sessions of a user are forgotten.
    ForgetUser(UserId),
    /// The sessions that have ended before this time are forgotten.
    PurgeEndedBefore(OffsetDateTime),
}

impl Change {
    /// What becomes of the session of this id, or of there being none.
    pub(crate) fn apply_to(
        &self,
        id: SessionId,
        session: Option<SessionSnapshot>,
    ) -> Option<SessionSnapshot> {
        match *self {
            Self::Add(added) if added.id == id => Some(added),
            Self::Update { next, .. } if next.id == id => Some(next),
            Self::RevokeAll { user, except, now } => session.map(|session| {
                let is_meant = session.user == user
                    && except != Some(id)
                    && Session::rehydrate(session).is_active(now);
                if !is_meant {
                    return session;
                }
                let version = session.version.next();
                SessionSnapshot { revoked_at: Some(now), version, ..session }
            }),
            Self::ForgetUser(user) => session.filter(|session| session.user != user),
            Self::PurgeEndedBefore(time) => session.filter(|session| ended_at(session) >= time),
            Self::Add(_) | Self::Update { .. } => session,
        }
    }
}

/// When a session has ended or will end, as far as is known.
fn ended_at(session: &SessionSnapshot) -> OffsetDateTime {
    session.revoked_at.map_or(session.expires_at, |revoked| revoked.min(session.expires_at))
}

/// A change as the script reads it.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum ChangeRecord {
    Add {
        id: String,
        session: SessionRecord,
        /// How long the session is kept, in milliseconds.
        keep: i64,
        /// How long the refresh token leads to the session, in milliseconds.
        keep_digest: i64,
    },
    Update {
        id: String,
        loaded: String,
        session: SessionRecord,
        keep: i64,
        keep_digest: i64,
    },
    RevokeAll {
        user: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        except: Option<String>,
        now: String,
    },
    Forget {
        id: String,
        user: String,
    },
    ForgetUser {
        user: String,
    },
}

impl ChangeRecord {
    /// `longest` is how long a session lasts at the most. Nothing for what another script does.
    pub(crate) fn of(change: &Change, longest: Duration) -> Option<Self> {
        Some(match change {
            Change::Add(session) => Self::Add {
                id: session.id.to_string(),
                session: session.into(),
                keep: keep(session),
                keep_digest: keep_digest(session, longest),
            },
            Change::Update { loaded, next } => Self::Update {
                id: next.id.to_string(),
                loaded: loaded.get().to_string(),
                session: next.into(),
                keep: keep(next),
                keep_digest: keep_digest(next, longest),
            },
            Change::RevokeAll { user, except, now } => Self::RevokeAll {
                user: user.to_string(),
                except: except.map(|id| id.to_string()),
                now: time_to_text(*now),
            },
            Change::ForgetUser(user) => Self::ForgetUser { user: user.to_string() },
            Change::PurgeEndedBefore(_) => return None,
        })
    }

    /// That a session is forgotten, whatever became of it.
    pub(crate) fn forgetting(session: &SessionSnapshot) -> Self {
        Self::Forget { id: session.id.to_string(), user: session.user.to_string() }
    }
}

/// From when it was renewed until it ends. Spans are told, and not times: the clocks of Redis
/// and of the service may differ.
fn keep(session: &SessionSnapshot) -> i64 {
    milliseconds(session.expires_at - session.renewed_at)
}

/// From when it was renewed until the last moment to which it can be put off.
fn keep_digest(session: &SessionSnapshot, longest: Duration) -> i64 {
    milliseconds(session.created_at + longest - session.renewed_at).max(keep(session))
}

/// Redis forgets at once what is to be kept for no time.
fn milliseconds(span: Duration) -> i64 {
    i64::try_from(span.whole_milliseconds()).unwrap_or(i64::MAX).max(1)
}
