//! The contracts of the store.

use std::sync::Arc;

use application::ports::Job;
use async_trait::async_trait;
use persistence_memory::MemoryStore;
use testkit::contracts::{Backend, JobProbe};

struct Probe(MemoryStore);

#[async_trait]
impl JobProbe for Probe {
    async fn jobs(&self) -> Vec<Job> {
        self.0.jobs().into_iter().map(|(_, job)| job).collect()
    }
}

#[expect(clippy::unused_async, reason = "contracts wait for stores, as most have to be waited for")]
async fn backend() -> Backend {
    let store = Arc::new(MemoryStore::new());
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
        jobs: Arc::new(Probe(MemoryStore::clone(&store))),
        guard: Box::new(()),
    }
}

testkit::store_contracts!(backend);
