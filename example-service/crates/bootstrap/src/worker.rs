//! The worker, from start to stop.

use crate::background::{BackgroundTasks, work};
use crate::composition_root::{ApplicationScope, Database};
use crate::config::Config;
use crate::failure::Failure;
use crate::prepare;
use crate::stop::StopSignals;

/// Runs until a signal says stop: then no new job is begun, those in hand are finished, and
/// connections to the database are closed. A second signal does not wait for jobs in hand;
/// others will do them.
///
/// # Errors
///
/// When the worker cannot start, or cannot go on.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let mut signals = StopSignals::listen()?;
    let started = tokio::select! {
        started = start(config) => started?,
        signal = signals.next() => {
            tracing::info!(signal, "stopped before it had started");
            return Ok(());
        }
    };
    let (database, mut tasks) = started;
    let worked = tokio::select! {
        task = tasks.lost() => Err(Failure::Task(task.to_owned())),
        signal = signals.next() => {
            tracing::info!(signal, "stopping");
            Ok(())
        }
    };
    tokio::select! {
        () = tasks.stop(config.jobs.shutdown_timeout) => {}
        signal = signals.next() => tracing::warn!(signal, "not waiting for jobs in hand"),
    }
    database.close().await;
    tracing::info!("stopped");
    worked
}

async fn start(config: &Config) -> Result<(Database, BackgroundTasks), Failure> {
    let database = Database::open(config).await?;
    prepare::migrate(config, &database).await?;
    let worker = ApplicationScope::new(config, &database)?.worker(config)?;
    let mut tasks = BackgroundTasks::default();
    tasks.begin("worker", |stop| work(worker, stop));
    Ok((database, tasks))
}
