//! Ending all sessions.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::authorization::Actor;
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError};

/// Asks to end all sessions of a user, this one too.
#[derive(Clone, Copy, Debug)]
pub struct RevokeAllSessions {
    /// Who asks.
    pub actor: Actor,
}

impl Operation for RevokeAllSessions {
    type Output = ();
    type Error = RevokeAllSessionsError;
}

/// Why sessions go on.
#[derive(Debug, Error)]
pub enum RevokeAllSessionsError {
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for RevokeAllSessionsError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Ends all sessions of a user.
pub struct RevokeAllSessionsInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl RevokeAllSessionsInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<RevokeAllSessions> for RevokeAllSessionsInteractor {
    async fn execute(&self, operation: RevokeAllSessions) -> Result<(), RevokeAllSessionsError> {
        let mut work = self.work.begin().await?;
        work.sessions().revoke_all(operation.actor.user, None, self.stamps.now()).await?;
        work.commit().await?;
        Ok(())
    }
}
