//! Logging out.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::authorization::Actor;
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError};

/// Asks to end the session in which this is asked.
#[derive(Clone, Copy, Debug)]
pub struct LogOut {
    /// Who logs out.
    pub actor: Actor,
}

impl Operation for LogOut {
    type Output = ();
    type Error = LogOutError;
}

/// Why nobody has logged out.
#[derive(Debug, Error)]
pub enum LogOutError {
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for LogOutError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Ends sessions of those who log out.
pub struct LogOutInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl LogOutInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<LogOut> for LogOutInteractor {
    async fn execute(&self, operation: LogOut) -> Result<(), LogOutError> {
        let mut work = self.work.begin().await?;
        let found = work.sessions().find(operation.actor.session).await?;
        if let Some(mut session) = found {
            session.revoke(self.stamps.now());
            work.sessions().update(&session).await?;
            work.commit().await?;
        }
        Ok(())
    }
}
