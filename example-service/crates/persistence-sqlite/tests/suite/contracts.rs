//! The contracts of the store.

use std::any::Any;
use std::sync::Arc;

use persistence_sqlite::SqliteStore;
use testkit::contracts::Backend;
use testkit::contracts::refusals::SqlBackend;

use crate::database::Database;

async fn backend() -> Backend {
    let database = Database::migrated().await;
    backend_of(database.store.clone(), Box::new(database))
}

async fn sql_backend() -> SqlBackend {
    let database = Database::migrated().await;
    let store = backend_of(database.store.clone(), Box::new(()));
    SqlBackend { store, database: Box::new(database) }
}

fn backend_of(store: SqliteStore, guard: Box<dyn Any + Send + Sync>) -> Backend {
    let store = Arc::new(store);
    Backend {
        accounts: store.clone(),
        catalog: store.clone(),
        orders: store.clone(),
        reports: store.clone(),
        user_reads: store.clone(),
        session_reads: store.clone(),
        product_reads: store.clone(),
        order_reads: store.clone(),
        report_reads: store.clone(),
        report_files: store.clone(),
        outbox: store.clone(),
        jobs: store,
        guard,
    }
}

testkit::store_contracts!(backend);
testkit::sql_store_contracts!(sql_backend);
