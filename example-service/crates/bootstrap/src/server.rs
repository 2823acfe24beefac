//! The server, from start to stop.

mod accept;
mod prepare;

use std::net::TcpListener;
use std::time::Duration;

use crate::background::{BackgroundTasks, relay_outbox};
use crate::composition_root::{ApplicationScope, Database};
use crate::config::Config;
use crate::failure::Failure;
use crate::stop::StopSignals;

/// How long background tasks may take to stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs until a signal says stop: then no more connections are taken, requests in flight are
/// answered, background tasks end, and connections to the database are closed.
///
/// # Errors
///
/// When the server cannot start, or cannot go on.
pub async fn run(config: &Config) -> Result<(), Failure> {
    let mut signals = StopSignals::listen()?;
    let started = tokio::select! {
        started = start(config) => started?,
        signal = signals.next() => {
            tracing::info!(signal, "stopped before it had started");
            return Ok(());
        }
    };
    let Started { database, scope, listener } = started;
    let mut tasks = begin_tasks(&scope);
    let served = accept::serve(config, &scope, listener, &mut signals, &mut tasks).await;
    tasks.stop(PATIENCE).await;
    database.close().await;
    tracing::info!("stopped");
    served
}

/// What is there once everything is ready.
struct Started {
    database: Database,
    scope: ApplicationScope,
    listener: TcpListener,
}

async fn start(config: &Config) -> Result<Started, Failure> {
    let database = Database::open(config).await?;
    prepare::migrate(config, &database).await?;
    let scope = ApplicationScope::new(config, &database)?;
    prepare::seed(config, &scope).await?;
    Ok(Started { database, scope, listener: accept::bind(config.http.bind)? })
}

/// Everything that goes on beside the requests begins here.
fn begin_tasks(scope: &ApplicationScope) -> BackgroundTasks {
    let mut tasks = BackgroundTasks::default();
    let relay = scope.relay_outbox();
    tasks.begin("outbox relay", |stop| relay_outbox(relay, stop));
    tasks
}
