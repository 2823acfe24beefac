//! Connections.

use std::path::PathBuf;
use std::str::FromStr;

use persistence_sql::PoolSettings;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use thiserror::Error;

/// Why a database cannot be opened.
#[derive(Debug, Error)]
pub enum OpenError {
    /// The address is none.
    #[error("`{address}` is no address of a SQLite database: write sqlite://FILE")]
    Address {
        /// What was given for one.
        address: String,
        /// What is wrong with it.
        source: sqlx::Error,
    },
    /// The address is of a database in memory.
    #[error(
        "`{address}` is a database in memory, where every connection has one of its own: \
         write sqlite://FILE, or use the store that keeps everything in memory"
    )]
    InMemory {
        /// The address.
        address: String,
    },
    /// The file cannot be opened.
    #[error("the database file {} cannot be opened, nor made where it is missing", file.display())]
    File {
        /// The file.
        file: PathBuf,
        /// What went wrong.
        source: sqlx::Error,
    },
}

/// The connection that writes, and those that read.
#[derive(Clone, Debug)]
pub(crate) struct Pools {
    pub(crate) writer: SqlitePool,
    pub(crate) readers: SqlitePool,
}

/// Opens the database at `address`, like `sqlite://marketplace.db`, and makes the file where
/// there is none.
pub(crate) async fn open(address: &str, settings: &PoolSettings) -> Result<Pools, OpenError> {
    let options = connect_options(address, settings)?;
    let file = options.get_filename().to_owned();
    // The writer comes first: it makes the file and switches it to write-ahead logging.
    let writer = pool_options(settings).min_connections(1).max_connections(1);
    let writer = writer.connect_with(options.clone()).await;
    let writer = writer.map_err(|source| OpenError::File { file, source })?;
    // Readers are opened as they are asked for, each within the patience of who asks: all of them
    // together might take longer where much else is going on.
    let readers = pool_options(settings)
        .min_connections(settings.size.min(settings.most_connections()))
        .max_connections(settings.most_connections())
        .connect_lazy_with(options.pragma("query_only", "ON"));
    Ok(Pools { writer, readers })
}

fn pool_options(settings: &PoolSettings) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .acquire_timeout(settings.acquire_timeout)
        .idle_timeout(settings.idle_timeout)
        .max_lifetime(settings.max_lifetime)
        .test_before_acquire(true)
}

fn connect_options(
    address: &str,
    settings: &PoolSettings,
) -> Result<SqliteConnectOptions, OpenError> {
    if address.contains(":memory:") || address.contains("mode=memory") {
        return Err(OpenError::InMemory { address: address.to_owned() });
    }
    let options = if address.starts_with("sqlite:") {
        SqliteConnectOptions::from_str(address)
    } else {
        Err(sqlx::Error::Configuration("it does not begin with `sqlite:`".into()))
    };
    let options =
        options.map_err(|source| OpenError::Address { address: address.to_owned(), source })?;
    Ok(options
        .create_if_missing(true)
        .foreign_keys(true)
        .journal_mode(SqliteJournalMode::Wal)
        // With a write-ahead log a crash of the machine may lose the last commits, but never
        // leaves the file half written. Who is told that an order was placed relies on it, so
        // that every commit waits for the disk.
        .synchronous(SqliteSynchronous::Full)
        // Other processes write too: the programs that migrate and work beside the server.
        .busy_timeout(settings.acquire_timeout))
}
