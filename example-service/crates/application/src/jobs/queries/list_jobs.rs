//! Showing jobs.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::authorization::{Actor, IsSuperAdmin, Refusal, authorize};
use crate::common::{KeysetPage, Operation, PageLimit, UseCase};
use crate::ports::{
    DeadJob, JobCount, JobId, JobReadStore, JobState, JobStore, RepositoryError, Unavailable,
};

/// Asks how jobs are getting on.
#[derive(Clone, Copy, Debug)]
pub struct ListJobs {
    /// Who asks.
    pub actor: Actor,
    /// Only dead ones that are older than this.
    pub before: Option<JobId>,
    /// At most so many dead ones.
    pub limit: PageLimit,
}

/// How jobs are getting on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobBoard {
    /// How many there are of each kind and state, where there are any.
    pub counts: Vec<JobCount>,
    /// Some of those that have failed too often, the newest first.
    pub dead: KeysetPage<DeadJob, JobId>,
}

impl Operation for ListJobs {
    type Output = JobBoard;
    type Error = ListJobsError;
}

/// Why jobs are not shown.
#[derive(Debug, Error)]
pub enum ListJobsError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Those that were asked for could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// Those that are run could not be read.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Shows jobs to super admins, from when they were asked for to their end.
pub struct ListJobsQuery {
    enqueued: Arc<dyn JobStore>,
    dispatched: Arc<dyn JobReadStore>,
}

impl ListJobsQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(enqueued: Arc<dyn JobStore>, dispatched: Arc<dyn JobReadStore>) -> Self {
        Self { enqueued, dispatched }
    }
}

#[async_trait]
impl UseCase<ListJobs> for ListJobsQuery {
    async fn execute(&self, operation: ListJobs) -> Result<JobBoard, ListJobsError> {
        let ListJobs { actor, before, limit } = operation;
        authorize(&IsSuperAdmin, &actor)?;
        let state = JobState::Enqueued;
        let enqueued = self.enqueued.count_jobs().await?.into_iter();
        let mut counts = self.dispatched.counts().await?;
        counts.extend(enqueued.map(|(kind, count)| JobCount { kind, state, count }));
        counts.sort_unstable();
        let dead = self.dispatched.dead(before, KeysetPage::<(), ()>::reach(limit)).await?;
        Ok(JobBoard { counts, dead: KeysetPage::cut(dead, limit, |job| job.id) })
    }
}
