//! Keeps jobs until they are done.

use application::ports::{Job, JobId, JobQueue, RepositoryError, UniqueConstraint};
use async_trait::async_trait;

use crate::staged::Staged;
use crate::state::{EnqueuedJob, insert};

/// Keeps jobs until they are done.
pub(crate) struct MemoryJobQueue<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryJobQueue<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl JobQueue for MemoryJobQueue<'_> {
    async fn enqueue(&mut self, id: JobId, job: &Job) -> Result<(), RepositoryError> {
        let row = EnqueuedJob { job: job.clone(), claimed_until: None };
        self.staged
            .change(move |state| insert(&mut state.jobs, id, row.clone(), UniqueConstraint::Id))
    }
}
