//! Keeps sessions in memory.

use application::ports::{RepositoryError, SessionRepository, UniqueConstraint};
use async_trait::async_trait;
use domain::accounts::{Session, SessionId, SessionSnapshot, TokenDigest, UserId};
use time::OffsetDateTime;

use crate::staged::Staged;
use crate::state::{insert, of_version};

/// Keeps sessions in memory.
pub(crate) struct MemorySessionRepository<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemorySessionRepository<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl SessionRepository for MemorySessionRepository<'_> {
    async fn find(&mut self, id: SessionId) -> Result<Option<Session>, RepositoryError> {
        Ok(self.staged.state().sessions.get(&id).copied().map(Session::rehydrate))
    }

    async fn find_by_refresh(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Session>, RepositoryError> {
        let state = self.staged.state();
        let current = state.sessions.values().find(|session| session.refresh == *digest);
        let spent = || state.spent_refresh.get(digest).and_then(|id| state.sessions.get(id));
        Ok(current.or_else(spent).copied().map(Session::rehydrate))
    }

    async fn add(&mut self, session: &Session) -> Result<(), RepositoryError> {
        let row = session.snapshot();
        self.staged.change(move |state| {
            if !state.users.contains_key(&row.user) {
                return Err(RepositoryError::Conflict);
            }
            insert(&mut state.sessions, row.id, row, UniqueConstraint::Id)
        })
    }

    async fn update(&mut self, session: &Session) -> Result<(), RepositoryError> {
        let loaded = session.version();
        let next = SessionSnapshot { version: loaded.next(), ..session.snapshot() };
        self.staged.change(move |state| {
            let row = of_version(&mut state.sessions, &next.id, loaded, |row| row.version)?;
            if row.refresh != next.refresh {
                state.spent_refresh.insert(row.refresh, row.id);
            }
            *row = next;
            Ok(())
        })
    }

    async fn revoke_all(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        now: OffsetDateTime,
    ) -> Result<u64, RepositoryError> {
        let is_meant = move |session: &SessionSnapshot| {
            session.user == user
                && Some(session.id) != except
                && Session::rehydrate(*session).is_active(now)
        };
        let meant = self.staged.state().sessions.values().filter(|session| is_meant(session));
        let count = meant.count() as u64;
        self.staged.change(move |state| {
            for session in state.sessions.values_mut().filter(|session| is_meant(session)) {
                session.revoked_at = Some(now);
                session.version = session.version.next();
            }
            Ok(())
        })?;
        Ok(count)
    }

    async fn purge_ended_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError> {
        let has_ended = move |session: &SessionSnapshot| {
            session.expires_at < time || session.revoked_at.is_some_and(|revoked| revoked < time)
        };
        let ended = self.staged.state().sessions.values().filter(|session| has_ended(session));
        let count = ended.count() as u64;
        self.staged.change(move |state| {
            let sessions = &mut state.sessions;
            sessions.retain(|_, session| !has_ended(session));
            state.spent_refresh.retain(|_, session| sessions.contains_key(session));
            Ok(())
        })?;
        Ok(count)
    }
}
