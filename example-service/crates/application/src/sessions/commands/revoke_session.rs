//! Ending one session.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::SessionId;
use thiserror::Error;

use crate::authorization::{Actor, Refusal};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError};

/// Asks to end a session.
#[derive(Clone, Copy, Debug)]
pub struct RevokeSession {
    /// Who asks.
    pub actor: Actor,
    /// Which session, of the same user.
    pub session: SessionId,
}

impl Operation for RevokeSession {
    type Output = ();
    type Error = RevokeSessionError;
}

/// Why a session goes on.
#[derive(Debug, Error)]
pub enum RevokeSessionError {
    /// There is no such session of the actor.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for RevokeSessionError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Ends sessions.
pub struct RevokeSessionInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl RevokeSessionInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<RevokeSession> for RevokeSessionInteractor {
    async fn execute(&self, operation: RevokeSession) -> Result<(), RevokeSessionError> {
        let mut work = self.work.begin().await?;
        let found = work.sessions().find(operation.session).await?;
        let found = found.filter(|session| session.user() == operation.actor.user);
        let mut session = found.ok_or(Refusal::NotFound)?;
        session.revoke(self.stamps.now());
        work.sessions().update(&session).await?;
        work.commit().await?;
        Ok(())
    }
}
