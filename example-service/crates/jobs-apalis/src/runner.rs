//! Workers, one after the other.

use std::error::Error;
use std::process;
use std::sync::Arc;
use std::time::Duration;

use apalis_core::worker::context::WorkerContext;
use application::ports::{JobHandler, StopSignal, Unavailable};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{self, MissedTickBehavior};
use uuid::Uuid;

use crate::hands::Hands;
use crate::settings::JobSettings;
use crate::task_table::TaskTable;

/// How long to wait after a worker has broken down before another takes its place.
const RECOVERY: Duration = Duration::from_secs(1);

/// How a worker came to its end.
enum End {
    /// It was told to stop, and has left nothing behind.
    Stopped,
    /// The database was out of order. A job may be in its hands of which it does not know:
    /// others get it when this worker is taken for dead.
    Broken(Unavailable),
}

/// Has jobs done until `stop` is over, by one worker after the other: each ends when the
/// database is out of order.
pub(crate) async fn run(
    table: Arc<dyn TaskTable>,
    settings: JobSettings,
    handler: Arc<dyn JobHandler>,
    mut stop: StopSignal,
) {
    loop {
        // A worker never comes back under a name that others may have taken for dead.
        let worker = format!("{}-{}", process::id(), Uuid::now_v7().as_simple());
        let (handler, table) = (Arc::clone(&handler), Arc::clone(&table));
        let hands = Hands { handler, table, settings, worker };
        match run_worker(&hands, &mut stop).await {
            End::Stopped => return,
            End::Broken(error) => {
                tracing::warn!(worker = hands.worker, cause = error.source(), "a worker gives up");
            }
        }
        tokio::select! {
            () = &mut stop => return,
            () = time::sleep(RECOVERY) => {}
        }
    }
}

async fn run_worker(hands: &Hands, stop: &mut StopSignal) -> End {
    let worker = WorkerContext::new(&hands.worker);
    if let Err(error) = hands.table.enter(&worker).await {
        return End::Broken(error);
    }
    // The heart has a task of its own, so that it beats whatever else is waited for, as long as
    // there is this worker and no longer.
    let mut heart = JoinSet::new();
    let interval = hands.settings.heartbeat_interval;
    heart.spawn(keep_alive(Arc::clone(&hands.table), worker.clone(), interval));
    let mut in_hand = JoinSet::new();
    let mut end = take_jobs(hands, &worker, &mut in_hand, stop).await;
    while let Some(ended) = in_hand.join_next().await {
        if let Err(error) = outcome(ended) {
            end = End::Broken(error);
        }
    }
    if matches!(end, End::Stopped)
        && let Err(error) = hands.table.leave(&hands.worker).await
    {
        tracing::warn!(worker = hands.worker, cause = error.source(), "a worker stays noted");
    }
    end
}

/// Takes jobs as long as hands are free, until it is told to stop. Nothing that asks for a job
/// is given up halfway, as it might have got one.
async fn take_jobs(
    hands: &Hands,
    worker: &WorkerContext,
    in_hand: &mut JoinSet<Result<(), Unavailable>>,
    stop: &mut StopSignal,
) -> End {
    loop {
        let mut pause = Duration::MAX;
        if in_hand.len() < hands.settings.concurrency {
            match hands.table.take(worker).await {
                Ok(Some(task)) => {
                    let hands = hands.clone();
                    in_hand.spawn(async move { hands.do_task(task).await });
                    pause = Duration::ZERO;
                }
                Ok(None) => pause = hands.settings.poll_interval,
                Err(error) => return End::Broken(error),
            }
        }
        tokio::select! {
            biased;
            () = &mut *stop => return End::Stopped,
            Some(ended) = in_hand.join_next() => {
                if let Err(error) = outcome(ended) {
                    return End::Broken(error);
                }
            }
            () = time::sleep(pause) => {}
        }
    }
}

/// How it went to write down what became of a job.
fn outcome(ended: Result<Result<(), Unavailable>, JoinError>) -> Result<(), Unavailable> {
    ended.map_err(Unavailable::new)?
}

/// Says that a worker is alive, again and again. What cannot be said now is said the next
/// time.
async fn keep_alive(table: Arc<dyn TaskTable>, worker: WorkerContext, interval: Duration) {
    let mut beats = time::interval(interval);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beats.tick().await;
        if let Err(error) = table.beat(&worker).await {
            tracing::warn!(worker = worker.name(), cause = error.source(), "no heartbeat");
        }
    }
}
