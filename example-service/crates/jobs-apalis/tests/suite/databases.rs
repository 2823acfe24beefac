//! A database of its own for each test, with the tables of the marketplace and those of apalis.

use std::env;
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use jobs_apalis::{JobSettings, PostgresJobs, SqliteJobs};
use persistence_postgres::PostgresStore;
use persistence_sql::PoolSettings;
use persistence_sqlite::SqliteStore;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// Few connections for each of many tests, and patience for machines that are busy.
const POOL: PoolSettings = PoolSettings {
    size: 1,
    overflow: 9,
    acquire_timeout: Duration::from_mins(1),
    idle_timeout: Duration::from_mins(1),
    max_lifetime: Duration::from_mins(10),
};

/// What is to be tried again is at once, and the dead are noticed soon.
pub(crate) const SETTINGS: JobSettings = JobSettings {
    retries: 3,
    first_delay: Duration::ZERO,
    longest_delay: Duration::ZERO,
    timeout: Duration::from_mins(1),
    poll_interval: Duration::from_millis(20),
    heartbeat_interval: Duration::from_secs(1),
    missed_heartbeats: 2,
    concurrency: 4,
};

/// A `SQLite` file in a temporary folder, which goes when this is dropped.
pub(crate) struct SqliteDatabase {
    pub(crate) store: SqliteStore,
    folder: TempDir,
}

impl SqliteDatabase {
    /// One with nothing in it, not even tables.
    pub(crate) async fn bare() -> Self {
        let folder = TempDir::new().expect("a temporary folder can be made");
        Self { store: open(&folder).await, folder }
    }

    /// What runs jobs in the same file, as another process has it.
    pub(crate) async fn opened_again(&self) -> SqliteJobs {
        SqliteJobs::new(open(&self.folder).await.writer().clone(), SETTINGS)
    }

    pub(crate) fn jobs(&self) -> SqliteJobs {
        SqliteJobs::new(self.store.writer().clone(), SETTINGS)
    }
}

async fn open(folder: &TempDir) -> SqliteStore {
    let address = format!("sqlite://{}", folder.path().join("marketplace.db").display());
    SqliteStore::open(&address, &POOL).await.expect("the database can be opened")
}

/// The server that tests use.
fn server() -> PgConnectOptions {
    let address = env::var("TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!(
            "TEST_POSTGRES_URL is not set: run the tests by \
             `scripts/with-services cargo test`, which starts a server for them"
        )
    });
    PgConnectOptions::from_str(&address).expect("TEST_POSTGRES_URL is an address")
}

/// A PostgreSQL database that is made for a test, and goes when this is dropped.
pub(crate) struct PostgresDatabase {
    pub(crate) store: PostgresStore,
    name: String,
}

impl PostgresDatabase {
    /// One with nothing in it, not even tables.
    pub(crate) async fn bare() -> Self {
        let name = format!("test_{}", Uuid::now_v7().as_simple());
        let mut connection =
            PgConnection::connect_with(&server()).await.expect("the server can be reached");
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .expect("a database can be made");
        let address = server().database(&name).to_url_lossy();
        let store = PostgresStore::open(address.as_str(), &POOL, Duration::from_secs(30)).await;
        Self { store: store.expect("the database can be opened"), name }
    }

    pub(crate) fn jobs(&self) -> PostgresJobs {
        PostgresJobs::new(self.store.pool().clone(), SETTINGS)
    }
}

impl Drop for PostgresDatabase {
    /// Drops the database on a thread of its own, since the runtime of the test cannot be
    /// waited for here. What cannot be dropped goes with the server.
    fn drop(&mut self) {
        let name = self.name.clone();
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let mut connection = PgConnection::connect_with(&server()).await?;
                sqlx::query(AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)")))
                    .execute(&mut connection)
                    .await
            })?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            eprintln!("the database {} is left behind", self.name);
        }
    }
}
