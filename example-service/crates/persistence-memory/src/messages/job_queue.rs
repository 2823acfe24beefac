//! Keeps jobs until they are done.

use application::ports::{Job, JobId, JobQueue, RepositoryError, UniqueConstraint};
use async_trait::async_trait;

use crate::staged::Staged;

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
        let job = job.clone();
        self.staged.change(move |state| {
            if state.jobs.iter().any(|(other, _)| *other == id) {
                return Err(RepositoryError::Duplicate { constraint: UniqueConstraint::Id });
            }
            state.jobs.push((id, job.clone()));
            Ok(())
        })
    }
}
