//! Connections.

use std::str::FromStr;
use std::time::Duration;

use persistence_sql::PoolSettings;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool};
use thiserror::Error;
use tokio::time::Instant;

/// The longest that a statement of the service takes, in milliseconds: who asked has given up
/// long before.
const STATEMENT_TIMEOUT: &str = "30000";
/// After how many milliseconds a unit of work that does nothing is ended, so that a replica
/// that hangs holds no locks.
const IDLE_TIMEOUT: &str = "60000";
/// How long to wait between two attempts to reach a database that is starting.
const BETWEEN_ATTEMPTS: Duration = Duration::from_millis(500);

/// `too_many_connections`, `cannot_connect_now`: what a server says that will answer soon.
const NOT_YET: [&str; 2] = ["53300", "57P03"];

/// Why a database cannot be opened. Addresses hold passwords, so that none is shown.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The address is none.
    #[error("this is no address of a PostgreSQL database: write postgres://USER@HOST/DATABASE")]
    Address(#[source] sqlx::Error),
    /// The database does not answer.
    #[error(
        "the PostgreSQL server at {host}:{port} could not be reached within {seconds} seconds",
        seconds = waited.as_secs()
    )]
    Unreachable {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// How long it was waited for.
        waited: Duration,
        /// What went wrong the last time.
        source: sqlx::Error,
    },
    /// The server answers, but does not let us in.
    #[error("the PostgreSQL server at {host}:{port} refuses the connection")]
    Refused {
        /// The host.
        host: String,
        /// The port.
        port: u16,
        /// Why.
        source: sqlx::Error,
    },
}

/// Opens the database at `address`, and waits up to `patience` for its server to let us in.
///
/// Connections are opened as they are asked for, each within the patience of who asks. To wait
/// here for all that are kept open would hold them together to the patience of one request, and
/// a machine that is busy with starting would refuse to start.
pub(crate) async fn open(
    address: &str,
    settings: &PoolSettings,
    patience: Duration,
) -> Result<PgPool, OpenError> {
    let options = connect_options(address)?;
    wait_for(&options, patience).await?;
    Ok(PgPoolOptions::new()
        .min_connections(settings.size.min(settings.most_connections()))
        .max_connections(settings.most_connections())
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(settings.idle_timeout)
        .max_lifetime(settings.max_lifetime)
        .test_before_acquire(true)
        .connect_lazy_with(options))
}

fn connect_options(address: &str) -> Result<PgConnectOptions, OpenError> {
    let is_ours = ["postgres://", "postgresql://"].iter().any(|start| address.starts_with(start));
    let options = if is_ours {
        PgConnectOptions::from_str(address)
    } else {
        Err(sqlx::Error::Configuration("it does not begin with `postgres://`".into()))
    };
    Ok(options.map_err(OpenError::Address)?.application_name("marketplace").options([
        ("statement_timeout", STATEMENT_TIMEOUT),
        ("idle_in_transaction_session_timeout", IDLE_TIMEOUT),
    ]))
}

/// Waits until the server lets someone in: in a cluster it may start after us.
async fn wait_for(options: &PgConnectOptions, patience: Duration) -> Result<(), OpenError> {
    let begun = Instant::now();
    let (host, port) = (options.get_host().to_owned(), options.get_port());
    loop {
        let source = match attempt(options).await {
            Ok(()) => return Ok(()),
            Err(error) if may_pass(&error) => error,
            Err(source) => return Err(OpenError::Refused { host, port, source }),
        };
        let waited = begun.elapsed();
        if waited + BETWEEN_ATTEMPTS > patience {
            return Err(OpenError::Unreachable { host, port, waited, source });
        }
        tracing::warn!(%host, port, error = %source, "the database does not answer yet");
        tokio::time::sleep(BETWEEN_ATTEMPTS).await;
    }
}

async fn attempt(options: &PgConnectOptions) -> Result<(), sqlx::Error> {
    PgConnection::connect_with(options).await?.close().await
}

fn may_pass(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) => true,
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| NOT_YET.contains(&code.as_ref()))
        }
        _ => false,
    }
}
