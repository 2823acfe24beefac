//! Shows sessions out of Redis.

use std::cmp::Reverse;
use std::sync::Arc;

use application::ports::{
    ActiveSession, RepositoryError, SessionReadStore, SessionSummary, UserReadStore,
};
use async_trait::async_trait;
use domain::accounts::{Session, SessionId, SessionSnapshot, UserId};
use time::OffsetDateTime;

use crate::session_store::RedisSessionStore;

/// Finds sessions in Redis, and who they are of in another store: one statement there for each
/// session that is active, and none for others.
pub struct RedisSessionReads {
    sessions: RedisSessionStore,
    users: Arc<dyn UserReadStore>,
}

impl RedisSessionReads {
    /// These sessions, which are of these users.
    #[must_use]
    pub fn new(sessions: RedisSessionStore, users: Arc<dyn UserReadStore>) -> Self {
        Self { sessions, users }
    }
}

fn is_active(session: &SessionSnapshot, now: OffsetDateTime) -> bool {
    Session::rehydrate(*session).is_active(now)
}

#[async_trait]
impl SessionReadStore for RedisSessionReads {
    async fn find_active(
        &self,
        id: SessionId,
        now: OffsetDateTime,
    ) -> Result<Option<ActiveSession>, RepositoryError> {
        let found = self.sessions.find(id).await?;
        let Some(session) = found.filter(|session| is_active(session, now)) else {
            return Ok(None);
        };
        let user = self.users.find(session.user).await?.filter(|user| user.is_active);
        let expires_at = session.expires_at;
        Ok(user.map(|user| ActiveSession { user: user.id, role: user.role, expires_at }))
    }

    async fn list(
        &self,
        user: UserId,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionSummary>, RepositoryError> {
        let mut sessions = self.sessions.of_user(user).await?;
        sessions.retain(|session| is_active(session, now));
        sessions.sort_by_key(|session| Reverse((session.created_at, session.id)));
        let summary = |session: &SessionSnapshot| SessionSummary {
            id: session.id,
            created_at: session.created_at,
            renewed_at: session.renewed_at,
            expires_at: session.expires_at,
        };
        Ok(sessions.iter().map(summary).collect())
    }
}
