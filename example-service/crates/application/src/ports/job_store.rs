//! Jobs that were asked for, and not taken over yet by who runs them.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{JobId, QueuedJob, RepositoryError};

/// Hands out jobs to those who take them over, each to one at a time.
#[async_trait]
pub trait JobStore: Send + Sync {
    /// Up to `limit` jobs that nobody has taken over and nobody else has claimed at `now`,
    /// the oldest first. They are claimed until `lease_until`; who has not acknowledged them
    /// by then is taken for dead.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn claim_jobs(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<QueuedJob>, RepositoryError>;

    /// Notes that jobs were taken over.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn acknowledge_jobs(&self, jobs: &[JobId]) -> Result<(), RepositoryError>;

    /// How many jobs of each kind nobody has taken over, claimed or not, by the names of the
    /// kinds.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn count_jobs(&self) -> Result<Vec<(String, u64)>, RepositoryError>;
}
