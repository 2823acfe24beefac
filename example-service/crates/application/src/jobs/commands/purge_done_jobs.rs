//! Forgetting what was done.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;
use time::Duration;

use crate::common::{Operation, UseCase};
use crate::ports::{Clock, JobDispatcher, Unavailable};

/// Asks to forget jobs that were done long ago.
#[derive(Clone, Copy, Debug)]
pub struct PurgeDoneJobs;

impl Operation for PurgeDoneJobs {
    type Output = u64;
    type Error = PurgeDoneJobsError;
}

/// Why jobs are not forgotten.
#[derive(Debug, Error)]
pub enum PurgeDoneJobsError {
    /// Those who run them cannot be asked to.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Forgets jobs that were done, and counts them. Their ids are known as long as a relay that
/// has died might hand them over again.
pub struct PurgeDoneJobsInteractor {
    dispatcher: Arc<dyn JobDispatcher>,
    retention: Duration,
    clock: Arc<dyn Clock>,
}

impl PurgeDoneJobsInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        dispatcher: Arc<dyn JobDispatcher>,
        retention: Duration,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { dispatcher, retention, clock }
    }
}

#[async_trait]
impl UseCase<PurgeDoneJobs> for PurgeDoneJobsInteractor {
    async fn execute(&self, operation: PurgeDoneJobs) -> Result<u64, PurgeDoneJobsError> {
        let PurgeDoneJobs = operation;
        let oldest = self.clock.now() - self.retention;
        Ok(self.dispatcher.forget_done_before(oldest).await?)
    }
}
