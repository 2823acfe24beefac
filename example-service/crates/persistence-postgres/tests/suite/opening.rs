//! Opening, closing, and whether the database answers.

use std::net::TcpListener;
use std::time::Duration;

use application::ports::{CatalogUnitOfWorkFactory, ProductReadStore, Readiness};
use persistence_postgres::{OpenError, PostgresStore};
use persistence_sql::PoolSettings;
use testkit::builders::ProductBuilder;

use crate::database::{Database, PATIENCE, SETTINGS};

async fn refusal(address: &str, patience: Duration) -> OpenError {
    let opened = PostgresStore::open(address, &SETTINGS, patience).await;
    opened.expect_err("it cannot be opened")
}

#[tokio::test]
async fn addresses_that_are_none_are_refused_without_being_shown() {
    for address in ["", "sqlite://marketplace.db", "postgres://user:secret@host:port/database"] {
        let refused = refusal(address, PATIENCE).await;
        assert!(matches!(refused, OpenError::Address(_)), "{refused:?}");
        assert!(!format!("{refused} {refused:?}").contains("secret"), "{refused:?}");
    }
}

#[tokio::test]
async fn a_server_that_does_not_start_is_named_after_a_while() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = free.local_addr().expect("it has a port").port();
    drop(free);
    let address = format!("postgres://user:secret@127.0.0.1:{port}/database");
    let refused = refusal(&address, Duration::from_secs(1)).await;
    let OpenError::Unreachable { waited, .. } = &refused else { panic!("{refused:?}") };
    assert!(*waited >= Duration::from_millis(500), "{waited:?}");
    let expected = format!("the PostgreSQL server at 127.0.0.1:{port} could not be reached");
    assert!(refused.to_string().starts_with(&expected), "{refused}");
    assert!(!format!("{refused} {refused:?}").contains("secret"), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_refuses_is_not_asked_again() {
    let database = Database::bare().await;
    let address = format!("{}_missing", database.address().split('?').next().unwrap_or_default());
    let refused = refusal(&address, PATIENCE).await;
    assert!(matches!(refused, OpenError::Refused { .. }), "{refused:?}");
}

/// A machine that is busy with starting takes longer for all connections than anybody waits for
/// one.
#[tokio::test]
async fn opening_does_not_wait_for_all_connections() {
    let database = Database::bare().await;
    let hasty = PoolSettings { size: 30, acquire_timeout: Duration::from_millis(1), ..SETTINGS };
    let opened = PostgresStore::open(&database.address(), &hasty, PATIENCE).await;
    opened.expect("the server lets us in").close().await;
}

#[tokio::test]
async fn what_is_kept_is_there_after_closing() {
    let database = Database::migrated().await;
    let product = ProductBuilder::new().build();
    let mut work = CatalogUnitOfWorkFactory::begin(&database.store).await.expect("one can begin");
    work.products().add(&product).await.expect("a product can be added");
    work.commit().await.expect("a product can be kept");
    database.store.close().await;
    let again = PostgresStore::open(&database.address(), &SETTINGS, PATIENCE).await;
    let again = again.expect("the database can be opened again");
    again.migrate().await.expect("nothing is left to do");
    let found = ProductReadStore::find(&again, product.id()).await.expect("it can be read");
    assert_eq!(found.map(|found| found.id), Some(product.id()));
}

#[tokio::test]
async fn a_database_is_ready_once_it_is_migrated_and_until_it_is_closed() {
    let database = Database::bare().await;
    assert!(database.store.check().await.is_err());
    database.store.migrate().await.expect("the database can be migrated");
    database.store.check().await.expect("the database answers");
    assert_eq!(database.store.name(), "database");
    database.store.close().await;
    assert!(database.store.check().await.is_err());
}
