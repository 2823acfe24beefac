//! The contracts of a store in memory whose sessions are in Redis.

use std::sync::Arc;

use application::ports::Job;
use async_trait::async_trait;
use persistence_memory::MemoryStore;
use persistence_redis::{RedisAccounts, RedisSessionReads};
use testkit::contracts::{Backend, JobProbe};

use crate::store::sessions;

struct Probe(MemoryStore);

#[async_trait]
impl JobProbe for Probe {
    async fn jobs(&self) -> Vec<Job> {
        self.0.jobs().into_iter().map(|(_, job)| job).collect()
    }
}

async fn backend() -> Backend {
    let store = Arc::new(MemoryStore::new());
    let sessions = sessions().await;
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
        jobs: Arc::new(Probe(MemoryStore::clone(&store))),
        guard: Box::new(()),
    }
}

testkit::store_contracts!(backend);
