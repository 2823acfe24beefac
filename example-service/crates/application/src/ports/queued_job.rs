//! Jobs as queues keep them.

use super::{Job, JobError, JobId};

/// A job as queues keep it: in words, so that they can hand on what they do not know. While
/// one version of the service takes the place of another, jobs of the one pass the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueuedJob {
    /// What it is known by.
    pub id: JobId,
    /// Its kind: [`Job::kind`].
    pub kind: String,
    /// What it is about: [`Job::argument`].
    pub argument: String,
}

impl QueuedJob {
    /// `job` in words.
    #[must_use]
    pub fn new(id: JobId, job: &Job) -> Self {
        Self { id, kind: job.kind().to_owned(), argument: job.argument() }
    }

    /// The job that it is.
    ///
    /// # Errors
    ///
    /// When this version of the service has no such job.
    pub fn job(&self) -> Result<Job, JobError> {
        Job::try_new(&self.kind, &self.argument)
    }
}
