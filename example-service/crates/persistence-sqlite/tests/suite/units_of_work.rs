//! Units of work and the one connection that writes.

use std::time::Duration;

use application::ports::{
    AccountsUnitOfWorkFactory, CatalogUnitOfWorkFactory, ProductReadStore, RepositoryError,
    UserReadStore,
};
use persistence_sql::PoolSettings;
use sqlx::{Connection, SqliteConnection};
use testkit::builders::{ProductBuilder, UserBuilder};

use crate::database::{Database, SETTINGS};

#[tokio::test]
async fn what_is_dropped_is_rolled_back_and_lets_the_next_begin() {
    let database = Database::migrated().await;
    let user = UserBuilder::new().build();
    for _ in 0..3 {
        let mut work = AccountsUnitOfWorkFactory::begin(&database.store).await.expect("in turn");
        work.users().add(&user).await.expect("nobody has added the user for good");
    }
    let found = UserReadStore::find(&database.store, user.id()).await;
    assert!(found.expect("users can be read").is_none());
}

#[tokio::test]
async fn writers_wait_for_each_other_and_readers_for_nobody() {
    let database = Database::migrated().await;
    let product = ProductBuilder::new().build();
    let mut work = CatalogUnitOfWorkFactory::begin(&database.store).await.expect("one can begin");
    work.products().add(&product).await.expect("a product can be added");
    let next = CatalogUnitOfWorkFactory::begin(&database.store);
    let next = tokio::time::timeout(Duration::from_millis(200), next).await;
    assert!(next.is_err(), "two write at the same time");
    let found = ProductReadStore::find(&database.store, product.id()).await;
    assert!(found.expect("readers do not wait").is_none());
    work.commit().await.expect("a product can be kept");
    let mut work = CatalogUnitOfWorkFactory::begin(&database.store).await.expect("in turn");
    assert!(work.products().find(product.id()).await.expect("it can be read").is_some());
}

#[tokio::test]
async fn a_writer_elsewhere_that_does_not_end_is_a_conflict() {
    let impatient = PoolSettings { acquire_timeout: Duration::from_millis(200), ..SETTINGS };
    let database = Database::with(&impatient).await;
    database.store.migrate().await.expect("the database can be migrated");
    let mut elsewhere: SqliteConnection = database.connect().await;
    let transaction = elsewhere.begin_with("BEGIN IMMEDIATE").await.expect("one can begin");
    let refused = CatalogUnitOfWorkFactory::begin(&database.store).await.map(|_| ());
    assert!(matches!(refused, Err(RepositoryError::Conflict)), "{refused:?}");
    transaction.rollback().await.expect("it can be undone");
    CatalogUnitOfWorkFactory::begin(&database.store).await.expect("the other has ended");
}
