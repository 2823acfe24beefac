//! Those who run jobs.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use super::{QueuedJob, Unavailable};

/// Over when someone is to stop.
pub type StopSignal = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Why a job is not done; it will be tried again. Super admins see it, and it holds no secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct JobFailure(pub String);

/// Does what jobs are about.
#[async_trait]
pub trait JobHandler: Send + Sync {
    /// Does it. Since those who do it may die and others do it again, doing it twice has to be
    /// as good as doing it once.
    ///
    /// # Errors
    ///
    /// When it is not done.
    async fn handle(&self, job: &QueuedJob) -> Result<(), JobFailure>;
}

/// Runs jobs that were dispatched, each by one runner at a time. A job that fails is run again
/// after a while, and is dead when it has failed too often; so is one whose runners die. What
/// a runner that has died had in hand, another takes over.
#[async_trait]
pub trait JobRunner: Send + Sync {
    /// Has jobs done by `handler` until `stop` is over. Then it takes no new one, and returns
    /// when those in hand have come to their end.
    ///
    /// # Errors
    ///
    /// When it cannot go on.
    async fn run(&self, handler: Arc<dyn JobHandler>, stop: StopSignal) -> Result<(), Unavailable>;
}
