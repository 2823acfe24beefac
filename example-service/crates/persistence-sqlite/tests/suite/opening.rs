//! Opening, closing, and whether the database answers.

use application::ports::{CatalogUnitOfWorkFactory, ProductReadStore, Readiness};
use persistence_sqlite::{OpenError, SqliteStore};
use testkit::builders::ProductBuilder;

use crate::database::{Database, SETTINGS};

async fn refusal(address: &str) -> OpenError {
    SqliteStore::open(address, &SETTINGS).await.expect_err("it cannot be opened")
}

#[tokio::test]
async fn addresses_that_are_none_are_refused() {
    for address in ["", "marketplace.db", "postgres://localhost/marketplace", "sqlite://a?mode=x"] {
        let refused = refusal(address).await;
        assert!(matches!(refused, OpenError::Address { .. }), "{refused:?}");
        let expected =
            format!("`{address}` is no address of a SQLite database: write sqlite://FILE");
        assert_eq!(refused.to_string(), expected);
    }
}

#[tokio::test]
async fn databases_in_memory_are_refused() {
    for address in ["sqlite::memory:", "sqlite://any?mode=memory"] {
        let refused = refusal(address).await;
        assert!(matches!(refused, OpenError::InMemory { .. }), "{refused:?}");
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_made_is_named() {
    let database = Database::bare().await;
    let file = database.folder.path().join("missing").join("marketplace.db");
    let refused = refusal(&format!("sqlite://{}", file.display())).await;
    assert!(matches!(refused, OpenError::File { .. }), "{refused:?}");
    assert!(refused.to_string().contains(&file.display().to_string()), "{refused}");
}

#[tokio::test]
async fn what_is_kept_is_there_after_closing() {
    let database = Database::migrated().await;
    let product = ProductBuilder::new().build();
    let mut work = CatalogUnitOfWorkFactory::begin(&database.store).await.expect("one can begin");
    work.products().add(&product).await.expect("a product can be added");
    work.commit().await.expect("a product can be kept");
    database.store.close().await;
    let again = SqliteStore::open(&database.address(), &SETTINGS).await;
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
