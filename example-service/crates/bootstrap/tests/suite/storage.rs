//! A database of its own for each test.

use std::env;
use std::str::FromStr;
use std::thread;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use tempfile::TempDir;
use uuid::Uuid;

/// Runs the same tests over each kind of database.
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::storage::Storage::sqlite()).await;
            })+
        }

        mod on_postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(crate::storage::Storage::postgres().await).await;
            })+
        }
    };
}

pub(crate) use on_both_databases;

/// A database with nothing in it, which goes when this is dropped; and a folder to work in.
pub(crate) struct Storage {
    folder: TempDir,
    postgres: Option<PostgresDatabase>,
}

impl Storage {
    /// A file that is not there yet.
    pub(crate) fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        Self { folder, postgres: None }
    }

    /// A database on the server that `scripts/with-services` starts.
    pub(crate) async fn postgres() -> Self {
        Self { postgres: Some(PostgresDatabase::create().await), ..Self::sqlite() }
    }

    /// What it is called in transcripts.
    pub(crate) fn name(&self) -> &'static str {
        if self.postgres.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> String {
        match &self.postgres {
            Some(database) => database.options.to_url_lossy().to_string(),
            None => format!("sqlite://{}/shop.db", self.folder.path().display()),
        }
    }

    /// The host and the port of its server.
    pub(crate) fn server(&self) -> (String, u16) {
        let options = &self.postgres.as_ref().expect("it has a server").options;
        (options.get_host().to_owned(), options.get_port())
    }

    /// Ends all connections of others to a PostgreSQL database, as when it is restarted.
    pub(crate) async fn cut_connections(&self) {
        let database = self.postgres.as_ref().expect("a file has no connections");
        let cut = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'",
            database.name
        );
        execute(cut).await.expect("connections can be ended");
    }

    /// A folder for whatever a process leaves behind.
    pub(crate) fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }
}

struct PostgresDatabase {
    options: PgConnectOptions,
    name: String,
}

fn server() -> PgConnectOptions {
    let address = env::var("TEST_POSTGRES_URL").unwrap_or_else(|_| {
        panic!(
            "TEST_POSTGRES_URL is not set: run the tests by \
             `scripts/with-services cargo test`, which starts a server for them"
        )
    });
    PgConnectOptions::from_str(&address).expect("TEST_POSTGRES_URL is an address")
}

impl PostgresDatabase {
    async fn create() -> Self {
        let name = format!("shop_{}", Uuid::now_v7().as_simple());
        execute(format!("CREATE DATABASE {name}")).await.expect("a database can be made");
        Self { options: server().database(&name), name }
    }
}

async fn execute(statement: String) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect_with(&server()).await?;
    sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
    connection.close().await
}

impl Drop for PostgresDatabase {
    /// Drops the database on a thread of its own, since the runtime of the test cannot be
    /// waited for here. What cannot be dropped goes with the server.
    fn drop(&mut self) {
        let statement = format!("DROP DATABASE {} WITH (FORCE)", self.name);
        let dropping = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(execute(statement))?;
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            eprintln!("the database {} is left behind", self.name);
        }
    }
}
