//! The contracts of the store.

use std::sync::Arc;

use application::ports::Job;
use async_trait::async_trait;
use persistence_postgres::PostgresStore;
use testkit::builders::START;
use testkit::contracts::{Backend, JobProbe};
use time::Duration;

use crate::database::Database;

struct Probe(PostgresStore);

#[async_trait]
impl JobProbe for Probe {
    async fn jobs(&self) -> Vec<Job> {
        let claimed = self.0.claim_jobs(1_000, START, START + Duration::SECOND).await;
        claimed.expect("jobs can be claimed").into_iter().map(|(_, job)| job).collect()
    }
}

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
        outbox: store,
        jobs: Arc::new(Probe(database.store.clone())),
        guard: Box::new(database),
    }
}

testkit::store_contracts!(backend);
