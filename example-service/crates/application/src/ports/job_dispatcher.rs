//! The way to those who run jobs.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{QueuedJob, Unavailable};

/// Hands jobs to those who run them.
#[async_trait]
pub trait JobDispatcher: Send + Sync {
    /// Hands one over, which will be run as soon as someone is free. One that was handed over
    /// before, as its id says, is not run another time.
    ///
    /// # Errors
    ///
    /// When it may not have been taken; handing it over again does no harm.
    async fn dispatch(&self, job: &QueuedJob) -> Result<(), Unavailable>;

    /// Forgets jobs that were done before this time, and counts them. Those that are dead
    /// are kept.
    ///
    /// # Errors
    ///
    /// When they cannot be forgotten.
    async fn forget_done_before(&self, time: OffsetDateTime) -> Result<u64, Unavailable>;
}
