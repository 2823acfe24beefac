//! A database of its own for each test.

use std::time::Duration;

use async_trait::async_trait;
use persistence_sql::PoolSettings;
use persistence_sqlite::SqliteStore;
use sqlx::{Connection, SqliteConnection};
use tempfile::TempDir;
use testkit::contracts::refusals::SqlDatabase;

/// Few connections for each of many tests, and patience for machines that are busy.
pub(crate) const SETTINGS: PoolSettings = PoolSettings {
    size: 1,
    overflow: 3,
    acquire_timeout: Duration::from_mins(1),
    idle_timeout: Duration::from_mins(1),
    max_lifetime: Duration::from_mins(10),
};

/// A database in a temporary folder, which goes when this is dropped.
pub(crate) struct Database {
    pub(crate) store: SqliteStore,
    pub(crate) folder: TempDir,
}

impl Database {
    /// A database with nothing in it, not even tables.
    pub(crate) async fn bare() -> Self {
        Self::with(&SETTINGS).await
    }

    /// A database of today with nothing in it.
    pub(crate) async fn migrated() -> Self {
        let database = Self::bare().await;
        database.store.migrate().await.expect("the database can be migrated");
        database
    }

    /// A database with nothing in it, not even tables, and a pool of these settings.
    pub(crate) async fn with(settings: &PoolSettings) -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        let address = address_in(&folder);
        let store = SqliteStore::open(&address, settings).await;
        Self { store: store.expect("the database can be opened"), folder }
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        address_in(&self.folder)
    }

    /// A connection past the store.
    pub(crate) async fn connect(&self) -> SqliteConnection {
        SqliteConnection::connect(&self.address()).await.expect("the file can be opened")
    }
}

#[async_trait]
impl SqlDatabase for Database {
    async fn execute(&self, statement: &'static str) -> Result<(), String> {
        let done = sqlx::query(statement).execute(&mut self.connect().await).await;
        done.map(|_| ()).map_err(|error| error.to_string())
    }

    async fn close_store(&self) {
        self.store.close().await;
    }
}

fn address_in(folder: &TempDir) -> String {
    format!("sqlite://{}", folder.path().join("marketplace.db").display())
}
