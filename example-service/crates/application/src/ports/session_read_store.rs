//! Sessions as they are shown.

use async_trait::async_trait;
use domain::accounts::{Role, SessionId, UserId};
use time::OffsetDateTime;

use super::RepositoryError;

/// A session as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionSummary {
    /// What it is known by.
    pub id: SessionId,
    /// When the user logged in.
    pub created_at: OffsetDateTime,
    /// When it was last renewed.
    pub renewed_at: OffsetDateTime,
    /// When it ends by itself.
    pub expires_at: OffsetDateTime,
}

/// Whose session it is, and what they may do today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActiveSession {
    /// The user.
    pub user: UserId,
    /// The role that the user has now, whatever a token says.
    pub role: Role,
    /// When the session ends by itself.
    pub expires_at: OffsetDateTime,
}

/// Finds sessions for showing.
#[async_trait]
pub trait SessionReadStore: Send + Sync {
    /// The session of this id, if neither it has ended at `now` nor its user is inactive.
    /// Every request asks this, so it is one statement.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find_active(
        &self,
        id: SessionId,
        now: OffsetDateTime,
    ) -> Result<Option<ActiveSession>, RepositoryError>;

    /// The sessions of a user that have not ended at `now`, the newest first.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn list(
        &self,
        user: UserId,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionSummary>, RepositoryError>;
}
