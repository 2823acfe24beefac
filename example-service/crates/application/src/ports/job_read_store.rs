//! Jobs as they are shown.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{JobId, Unavailable};

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum JobState {
    /// It was asked for, and not handed over yet to those who run it.
    Enqueued,
    /// It waits for someone who is free.
    Waiting,
    /// Someone is doing it.
    Running,
    /// It has failed, and will be tried again.
    Retrying,
    /// It was done.
    Done,
    /// It has failed too often, and will not be tried again.
    Dead,
}

/// How many jobs there are of a kind that have come so far.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct JobCount {
    /// The kind.
    pub kind: String,
    /// How far they have come.
    pub state: JobState,
    /// How many.
    pub count: u64,
}

/// A job that has failed too often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadJob {
    /// What it is known by.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// What it is about.
    pub argument: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Why it failed the last time.
    pub error: String,
    /// When it failed the last time.
    pub died_at: OffsetDateTime,
}

/// Shows jobs that were dispatched.
#[async_trait]
pub trait JobReadStore: Send + Sync {
    /// How many there are of each kind and state, where there are any, by kind and state.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    async fn counts(&self) -> Result<Vec<JobCount>, Unavailable>;

    /// Up to `limit` dead ones, the newest first, and only those that are older than
    /// `before`.
    ///
    /// # Errors
    ///
    /// When they cannot be read.
    async fn dead(&self, before: Option<JobId>, limit: u32) -> Result<Vec<DeadJob>, Unavailable>;
}
