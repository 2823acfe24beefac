//! Shows sessions out of memory.

use application::ports::{ActiveSession, RepositoryError, SessionReadStore, SessionSummary};
use async_trait::async_trait;
use domain::accounts::{Session, SessionId, SessionSnapshot, UserId};
use time::OffsetDateTime;

use crate::store::MemoryStore;

fn is_active(session: &SessionSnapshot, now: OffsetDateTime) -> bool {
    Session::rehydrate(*session).is_active(now)
}

#[async_trait]
impl SessionReadStore for MemoryStore {
    async fn find_active(
        &self,
        id: SessionId,
        now: OffsetDateTime,
    ) -> Result<Option<ActiveSession>, RepositoryError> {
        let state = self.lock();
        let session = state.sessions.get(&id).filter(|session| is_active(session, now));
        Ok(session.and_then(|session| {
            let user = state.users.get(&session.user).filter(|user| user.is_active)?;
            let expires_at = session.expires_at;
            Some(ActiveSession { user: user.id, role: user.role, expires_at })
        }))
    }

    async fn list(
        &self,
        user: UserId,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionSummary>, RepositoryError> {
        let state = self.lock();
        let sessions = state.sessions.values();
        let meant = sessions.filter(|session| session.user == user && is_active(session, now));
        let mut meant: Vec<&SessionSnapshot> = meant.collect();
        meant.sort_by_key(|session| std::cmp::Reverse((session.created_at, session.id)));
        let summary = |session: &SessionSnapshot| SessionSummary {
            id: session.id,
            created_at: session.created_at,
            renewed_at: session.renewed_at,
            expires_at: session.expires_at,
        };
        Ok(meant.into_iter().map(summary).collect())
    }
}
