//! Handing jobs to those who run them.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;
use time::Duration;

use crate::common::{Operation, UseCase};
use crate::ports::{Clock, JobDispatcher, JobStore, RepositoryError, Unavailable};

/// Asks to hand over jobs that were asked for and not handed over yet.
#[derive(Clone, Copy, Debug)]
pub struct RelayJobs {
    /// At most so many.
    pub limit: u32,
}

impl Operation for RelayJobs {
    type Output = u32;
    type Error = RelayJobsError;
}

/// Why not every job was handed over.
#[derive(Debug, Error)]
pub enum RelayJobsError {
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Hands over jobs at least once: a job is noted as handed over after it was. Who runs them
/// knows them by their ids, so that none is run twice for that.
pub struct RelayJobsInteractor {
    store: Arc<dyn JobStore>,
    dispatcher: Arc<dyn JobDispatcher>,
    clock: Arc<dyn Clock>,
}

impl RelayJobsInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        store: Arc<dyn JobStore>,
        dispatcher: Arc<dyn JobDispatcher>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store, dispatcher, clock }
    }

    /// How long others leave alone what this has claimed.
    const LEASE: Duration = Duration::seconds(30);
}

#[async_trait]
impl UseCase<RelayJobs> for RelayJobsInteractor {
    async fn execute(&self, operation: RelayJobs) -> Result<u32, RelayJobsError> {
        let now = self.clock.now();
        let jobs = self.store.claim_jobs(operation.limit, now, now + Self::LEASE).await?;
        let mut taken = Vec::with_capacity(jobs.len());
        let mut outcome = Ok(());
        for job in &jobs {
            outcome = self.dispatcher.dispatch(job).await;
            if outcome.is_err() {
                break;
            }
            taken.push(job.id);
        }
        self.store.acknowledge_jobs(&taken).await?;
        outcome?;
        Ok(u32::try_from(taken.len()).unwrap_or(u32::MAX))
    }
}
