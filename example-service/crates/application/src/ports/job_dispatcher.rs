//! The way to those who run jobs.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{JobId, QueuedJob, Unavailable};

/// What comes of having a dead job run again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Revival {
    /// It waits for someone who is free.
    Revived,
    /// It is not dead, and goes its way.
    NotDead,
    /// Nobody has handed it over, or it was done and is forgotten.
    Unknown,
}

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

    /// Has a job run again that is dead: it is tried as often as a new one. Of several who ask
    /// for it at once, one has revived it.
    ///
    /// # Errors
    ///
    /// When it cannot be asked for.
    async fn revive(&self, job: JobId) -> Result<Revival, Unavailable>;

    /// Forgets jobs that were done before this time, and counts them. Those that are dead
    /// are kept.
    ///
    /// # Errors
    ///
    /// When they cannot be forgotten.
    async fn forget_done_before(&self, time: OffsetDateTime) -> Result<u64, Unavailable>;
}
