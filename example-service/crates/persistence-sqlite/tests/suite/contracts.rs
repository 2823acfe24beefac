//! The contracts of the store.

use std::sync::Arc;

use testkit::contracts::Backend;

use crate::database::Database;

async fn backend() -> Backend {
    let database = Database::migrated().await;
    let store = Arc::new(database.store.clone());
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
        guard: Box::new(database),
    }
}

testkit::store_contracts!(backend);
