//! What is done later, once what asked for it has been stored.

use async_trait::async_trait;

use super::{Job, JobId, RepositoryError};

/// Takes jobs into a unit of work: they are done if it is committed, and never if it is
/// not.
#[async_trait]
pub trait JobQueue: Send {
    /// Keeps a job until it is done.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn enqueue(&mut self, id: JobId, job: &Job) -> Result<(), RepositoryError>;
}
