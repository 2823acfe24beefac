//! Asking for a way back in.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{Email, EmailError};
use thiserror::Error;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, Job, RepositoryError};

/// Asks for a mail with which a new password can be set.
#[derive(Clone, Debug)]
pub struct RequestRecovery {
    /// Where the mail goes, if it is the address of a user.
    pub email: String,
}

impl Operation for RequestRecovery {
    type Output = ();
    type Error = RequestRecoveryError;
}

/// Why no mail will be sent.
#[derive(Debug, Error)]
pub enum RequestRecoveryError {
    /// The address is none.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for RequestRecoveryError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Takes requests for recovery. Whether there is such a user is looked up later, by the
/// job: here every address costs the same time and gets the same answer.
pub struct RequestRecoveryInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl RequestRecoveryInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<RequestRecovery> for RequestRecoveryInteractor {
    async fn execute(&self, operation: RequestRecovery) -> Result<(), RequestRecoveryError> {
        let email = Email::try_new(&operation.email)?;
        let mut work = self.work.begin().await?;
        let job = Job::SendRecoveryMail { email };
        work.jobs().enqueue(self.stamps.next_job(), &job).await?;
        work.commit().await?;
        Ok(())
    }
}
