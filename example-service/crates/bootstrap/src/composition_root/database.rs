//! The database, whichever it is.

use jobs_apalis::{JobSettings, PostgresJobs, SqliteJobs};
use persistence_postgres::PostgresStore;
use persistence_sql::PoolSettings;
use persistence_sqlite::SqliteStore;
use secrecy::ExposeSecret;

use super::{Jobs, Stores};
use crate::config::Config;
use crate::failure::Failure;

/// The database, whichever the settings ask for. Clones are the same one.
#[derive(Clone)]
pub enum Database {
    /// A file.
    Sqlite(SqliteStore),
    /// A server.
    Postgres(PostgresStore),
}

/// Calls the same method of whichever store it is.
macro_rules! either {
    ($database:expr, $store:ident => $call:expr) => {
        match $database {
            Database::Sqlite($store) => $call,
            Database::Postgres($store) => $call,
        }
    };
}

impl Database {
    /// Opens the database, and waits for a server that is starting.
    ///
    /// # Errors
    ///
    /// When the address is none, or the database does not answer or let us in.
    pub async fn open(config: &Config) -> Result<Self, Failure> {
        let settings = PoolSettings {
            size: config.database.pool_size,
            overflow: config.database.pool_overflow,
            acquire_timeout: config.database.acquire_timeout,
            ..PoolSettings::default()
        };
        let url = config.database.url.expose_secret();
        let scheme = url.split_once(':').map(|(scheme, _)| scheme);
        match scheme {
            Some("sqlite") => {
                let opened = SqliteStore::open(url, &settings).await;
                opened.map(Self::Sqlite).map_err(|error| Failure::Database(error.into()))
            }
            Some("postgres" | "postgresql") => {
                let opened = PostgresStore::open(url, &settings, config.database.wait).await;
                opened.map(Self::Postgres).map_err(|error| Failure::Database(error.into()))
            }
            _ => Err(config.problem("database.url", "it is no address of a database").into()),
        }
    }

    /// Its ports.
    #[must_use]
    pub fn stores(&self) -> Stores {
        either!(self, store => Stores::of(store.clone()))
    }

    /// What runs jobs in it.
    #[must_use]
    pub fn jobs(&self, settings: JobSettings) -> Jobs {
        match self {
            Self::Sqlite(store) => Jobs::of(SqliteJobs::new(store.writer().clone(), settings)),
            Self::Postgres(store) => Jobs::of(PostgresJobs::new(store.pool().clone(), settings)),
        }
    }

    /// Closes all connections, those that are in use when they are given back.
    pub async fn close(&self) {
        either!(self, store => store.close().await);
    }

    /// The number and name of each migration, and whether it was done.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn migrations(&self) -> Result<Vec<(i64, &'static str, bool)>, Failure> {
        let known: Vec<(i64, &'static str)> = match self {
            Self::Sqlite(_) => SqliteStore::migrations().collect(),
            Self::Postgres(_) => PostgresStore::migrations().collect(),
        };
        let applied = either!(self, store => store.applied_migrations().await);
        let applied = applied.map_err(|error| Failure::Database(error.into()))?;
        let with_state =
            |(version, name): (i64, &'static str)| (version, name, applied.contains(&version));
        Ok(known.into_iter().map(with_state).collect())
    }

    /// How many migrations of what runs jobs were not done yet. They have no numbers here, and
    /// do not go back.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn missing_job_migrations(&self) -> Result<usize, Failure> {
        let missing = match self {
            Self::Sqlite(store) => {
                SqliteJobs::new(store.writer().clone(), JobSettings::USUAL)
                    .missing_migrations()
                    .await
            }
            Self::Postgres(store) => {
                PostgresJobs::new(store.pool().clone(), JobSettings::USUAL)
                    .missing_migrations()
                    .await
            }
        };
        missing.map_err(|error| Failure::Database(error.into()))
    }

    /// Does the migrations that were not done yet: all of them, also those of what runs jobs,
    /// or up to the one of this number.
    ///
    /// # Errors
    ///
    /// When one fails.
    pub async fn migrate(&self, up_to: Option<i64>) -> Result<(), Failure> {
        let done = match up_to {
            None => either!(self, store => store.migrate().await),
            Some(version) => either!(self, store => store.migrate_up_to(version).await),
        };
        done.map_err(|error| Failure::Database(error.into()))?;
        if up_to.is_some() {
            return Ok(());
        }
        let done = match self {
            Self::Sqlite(store) => {
                SqliteJobs::new(store.writer().clone(), JobSettings::USUAL).migrate().await
            }
            Self::Postgres(store) => {
                PostgresJobs::new(store.pool().clone(), JobSettings::USUAL).migrate().await
            }
        };
        done.map_err(|error| Failure::Database(error.into()))
    }

    /// Undoes all migrations beyond the one of this number.
    ///
    /// # Errors
    ///
    /// When one fails.
    pub async fn migrate_down_to(&self, version: i64) -> Result<(), Failure> {
        let undone = either!(self, store => store.migrate_down_to(version).await);
        undone.map_err(|error| Failure::Database(error.into()))
    }
}
