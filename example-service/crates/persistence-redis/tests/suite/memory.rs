//! The contracts of a store in memory whose sessions are in Redis.

use std::sync::Arc;

use persistence_memory::MemoryStore;
use persistence_redis::{RedisAccounts, RedisSessionReads, RedisSessionStore};
use testkit::contracts::Backend;

use crate::store::sessions;

async fn backend() -> Backend {
    backend_of(Arc::new(MemoryStore::new()), sessions().await)
}

pub(crate) fn backend_of(store: Arc<MemoryStore>, sessions: RedisSessionStore) -> Backend {
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
