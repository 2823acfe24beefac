//! The tables of apalis in one kind of database.

use std::time::Duration;

use apalis_core::task::Task;
use apalis_core::worker::context::WorkerContext;
use application::ports::Unavailable;
use async_trait::async_trait;

/// A job in the hands of a worker. Nothing is done to it for who has lost it to another.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    /// The id of the job.
    pub(crate) job: String,
    /// The name of the worker.
    pub(crate) worker: String,
}

/// The tables of apalis in one kind of database.
#[async_trait]
pub(crate) trait TaskTable: Send + Sync {
    /// Notes a worker, whose name nobody had before.
    async fn enter(&self, worker: &WorkerContext) -> Result<(), Unavailable>;

    /// Says that a worker is alive, and sets free what others had in hand who are not.
    async fn beat(&self, worker: &WorkerContext) -> Result<(), Unavailable>;

    /// Takes a job that is due and that nobody has, if there is one.
    async fn take(&self, worker: &WorkerContext) -> Result<Option<Task<Vec<u8>>>, Unavailable>;

    /// Strikes out a worker that leaves with nothing in hand.
    async fn leave(&self, worker: &str) -> Result<(), Unavailable>;

    /// Ends a job that was done; tells whether it was not lost.
    async fn finish(&self, held: &Held) -> Result<bool, Unavailable>;

    /// Ends an attempt that has failed. The next is not made before the delay is over.
    async fn fail(&self, held: &Held, error: &str, delay: Duration) -> Result<bool, Unavailable>;

    /// Ends a job that had all its attempts, without another.
    async fn bury(&self, held: &Held, error: &str) -> Result<bool, Unavailable>;
}
