//! Doing jobs.

use presentation_worker::Worker;
use tokio_util::sync::CancellationToken;

/// Works until it is told to stop, and finishes the jobs in hand.
pub async fn work(worker: Worker, stop: CancellationToken) {
    if let Err(error) = worker.run(Box::pin(stop.cancelled_owned())).await {
        tracing::error!(error = &error as &dyn std::error::Error, "jobs cannot be done");
    }
}
