//! Leaving.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::UserError;
use thiserror::Error;

use crate::authorization::{Actor, Refusal};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, Job, RepositoryError};

/// Asks to be a user no more.
#[derive(Clone, Copy, Debug)]
pub struct DeleteMe {
    /// Who asks.
    pub actor: Actor,
}

impl Operation for DeleteMe {
    type Output = ();
    type Error = DeleteMeError;
}

/// Why a user stays.
#[derive(Debug, Error)]
pub enum DeleteMeError {
    /// A super admin stays as it is.
    #[error(transparent)]
    Unchangeable(#[from] UserError),
    /// There is no such user any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for DeleteMeError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Lets users go. What they sell goes off sale a little later; orders stay.
pub struct DeleteMeInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl DeleteMeInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<DeleteMe> for DeleteMeInteractor {
    async fn execute(&self, operation: DeleteMe) -> Result<(), DeleteMeError> {
        let mut work = self.work.begin().await?;
        let found = work.users().find(operation.actor.user).await?;
        let user = found.ok_or(Refusal::NotFound)?;
        let deleted = user.delete()?;
        work.users().delete(&user).await?;
        work.outbox().append(&self.stamps.message(&deleted)).await?;
        let job = Job::ArchiveProductsOfSeller { seller: user.id() };
        work.jobs().enqueue(self.stamps.next_job(), &job).await?;
        work.commit().await?;
        Ok(())
    }
}
