//! Giving a dead job another chance.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::authorization::{Actor, IsSuperAdmin, Refusal, authorize};
use crate::common::{Operation, UseCase};
use crate::ports::{JobDispatcher, JobId, Revival, Unavailable};

/// Asks to have a job run again that has failed too often.
#[derive(Clone, Copy, Debug)]
pub struct RetryJob {
    /// Who asks.
    pub actor: Actor,
    /// The job.
    pub job: JobId,
}

impl Operation for RetryJob {
    type Output = ();
    type Error = RetryJobError;
}

/// Why it is not run again.
#[derive(Debug, Error)]
pub enum RetryJobError {
    /// The actor may not do this, or there is no such job.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It is not dead.
    #[error("the job is not dead")]
    NotDead,
    /// It could not be asked for.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Has dead jobs run again for super admins, once what has made them fail is mended.
pub struct RetryJobInteractor {
    dispatcher: Arc<dyn JobDispatcher>,
}

impl RetryJobInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(dispatcher: Arc<dyn JobDispatcher>) -> Self {
        Self { dispatcher }
    }
}

#[async_trait]
impl UseCase<RetryJob> for RetryJobInteractor {
    async fn execute(&self, operation: RetryJob) -> Result<(), RetryJobError> {
        let RetryJob { actor, job } = operation;
        authorize(&IsSuperAdmin, &actor)?;
        match self.dispatcher.revive(job).await? {
            Revival::Revived => Ok(()),
            Revival::NotDead => Err(RetryJobError::NotDead),
            Revival::Unknown => Err(Refusal::NotFound.into()),
        }
    }
}
