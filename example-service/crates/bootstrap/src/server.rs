//! The server, from start to stop.

mod accept;
mod routes;

use std::net::TcpListener;

use axum::Router;

use crate::background::{BackgroundTasks, work};
use crate::composition_root::{ApplicationScope, Database};
use crate::config::Config;
use crate::failure::Failure;
use crate::prepare;
use crate::stop::StopSignals;
use crate::telemetry::Telemetry;

/// Runs until a signal says stop: then no more connections are taken, requests in flight are
/// answered, background tasks end, and connections to the database are closed.
///
/// # Errors
///
/// When the server cannot start, or cannot go on.
pub async fn run(config: &Config, telemetry: &Telemetry) -> Result<(), Failure> {
    let mut signals = StopSignals::listen()?;
    let started = tokio::select! {
        started = start(config, telemetry) => started?,
        signal = signals.next() => {
            tracing::info!(signal, "stopped before it had started");
            return Ok(());
        }
    };
    let Started { database, scope, router, listener } = started;
    let mut tasks = begin_tasks(config, &scope, telemetry)?;
    let served = accept::serve(config, router, listener, &mut signals, &mut tasks).await;
    tasks.stop(config.jobs.shutdown_timeout).await;
    database.close().await;
    tracing::info!("stopped");
    served
}

/// What is there once everything is ready.
struct Started {
    database: Database,
    scope: ApplicationScope,
    router: Router,
    listener: TcpListener,
}

async fn start(config: &Config, telemetry: &Telemetry) -> Result<Started, Failure> {
    let database = Database::open(config).await?;
    prepare::migrate(config, &database).await?;
    let scope = ApplicationScope::new(config, &database)?;
    prepare::seed(config, &scope).await?;
    let router = routes::routes(config, &scope, telemetry)?;
    Ok(Started { database, scope, router, listener: accept::bind(config.http.bind)? })
}

/// Everything that goes on beside the requests begins here.
fn begin_tasks(
    config: &Config,
    scope: &ApplicationScope,
    telemetry: &Telemetry,
) -> Result<BackgroundTasks, Failure> {
    let mut tasks = BackgroundTasks::default();
    if config.jobs.in_process {
        let worker = scope.worker(config)?;
        tasks.begin("worker", |stop| work(worker, stop));
    }
    let measurements = telemetry.measurements.clone();
    tasks.begin("measurements", |stop| measurements.add_up(stop));
    Ok(tasks)
}
