//! A database of its own for each test.

use std::env;
use std::str::FromStr;
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use persistence_postgres::PostgresStore;
use persistence_sql::PoolSettings;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use testkit::contracts::refusals::SqlDatabase;
use uuid::Uuid;

/// Few connections for each of many tests, and patience for machines that are busy.
pub(crate) const SETTINGS: PoolSettings = PoolSettings {
    size: 1,
    overflow: 9,
    acquire_timeout: Duration::from_mins(1),
    idle_timeout: Duration::from_mins(1),
    max_lifetime: Duration::from_mins(10),
};

/// How long tests wait for a server that is there.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

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

/// A database that is made for a test, and goes when this is dropped.
pub(crate) struct Database {
    pub(crate) store: PostgresStore,
    options: PgConnectOptions,
    name: String,
}

impl Database {
    /// A database with nothing in it, not even tables.
    pub(crate) async fn bare() -> Self {
        let name = format!("test_{}", Uuid::now_v7().as_simple());
        let mut connection =
            PgConnection::connect_with(&server()).await.expect("the server can be reached");
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
            .execute(&mut connection)
            .await
            .expect("a database can be made");
        let options = server().database(&name);
        let address = options.to_url_lossy();
        let store = PostgresStore::open(address.as_str(), &SETTINGS, PATIENCE).await;
        Self { store: store.expect("the database can be opened"), options, name }
    }

    /// A database of today with nothing in it.
    pub(crate) async fn migrated() -> Self {
        let database = Self::bare().await;
        database.store.migrate().await.expect("the database can be migrated");
        database
    }

    /// Where it is.
    pub(crate) fn address(&self) -> String {
        self.options.to_url_lossy().to_string()
    }

    /// A connection past the store.
    pub(crate) async fn connect(&self) -> PgConnection {
        PgConnection::connect_with(&self.options).await.expect("the server can be reached")
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

impl Drop for Database {
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
