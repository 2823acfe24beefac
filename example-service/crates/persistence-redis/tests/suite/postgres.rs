//! The contracts of a store in PostgreSQL whose sessions are in Redis.

use std::env;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use persistence_postgres::PostgresStore;
use persistence_redis::{RedisAccounts, RedisSessionReads, RedisSessionStore};
use persistence_sql::PoolSettings;
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection};
use testkit::contracts::Backend;
use uuid::Uuid;

use crate::store::sessions;

const SETTINGS: PoolSettings = PoolSettings {
    size: 1,
    overflow: 9,
    acquire_timeout: Duration::from_mins(1),
    idle_timeout: Duration::from_mins(1),
    max_lifetime: Duration::from_mins(10),
};

/// A database of its own, which goes with the server that tests use.
pub(crate) async fn store() -> PostgresStore {
    let server = env::var("TEST_POSTGRES_URL").expect(
        "TEST_POSTGRES_URL tells of no server: run the tests by `scripts/with-services cargo test`",
    );
    let server = PgConnectOptions::from_str(&server).expect("the address of a server");
    let name = format!("test_{}", Uuid::now_v7().as_simple());
    let mut connection = PgConnection::connect_with(&server).await.expect("a server that answers");
    let statement = AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::query(statement).execute(&mut connection).await.expect("a database can be made");
    let address = server.database(&name).to_url_lossy();
    let store = PostgresStore::open(address.as_str(), &SETTINGS, Duration::from_secs(30)).await;
    let store = store.expect("the database can be opened");
    store.migrate().await.expect("the database can be migrated");
    store
}

async fn backend() -> Backend {
    backend_of(Arc::new(store().await), sessions().await)
}

pub(crate) fn backend_of(store: Arc<PostgresStore>, sessions: RedisSessionStore) -> Backend {
    Backend {
        accounts: Arc::new(RedisAccounts::new(store.clone(), sessions.clone())),
        catalog: store.clone(),
        orders: store.clone(),
        reports: store.clone(),
        user_reads: store.clone(),
        session_reads: Arc::new(RedisSessionReads::new(sessions, store.clone())),
        product_reads: store.clone(),
        order_reads: store.clone(),
        report_reads: store.clone(),
        report_files: store.clone(),
        outbox: store.clone(),
        jobs: store,
        guard: Box::new(()),
    }
}

testkit::store_contracts!(backend);
