//! The contracts of the store.

use std::sync::Arc;

use persistence_memory::{MemoryJobs, MemoryStore};
use testkit::contracts::Backend;
use testkit::contracts::jobs::JobsBackend;
use testkit::fakes::FixedClock;

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
        jobs: store,
        guard: Box::new(()),
    }
}

testkit::store_contracts!(backend);

#[expect(clippy::unused_async, reason = "contracts wait for stores, as most have to be waited for")]
async fn jobs_backend() -> JobsBackend {
    let jobs = Arc::new(MemoryJobs::new(Arc::new(FixedClock::new()), 4));
    JobsBackend { dispatcher: jobs.clone(), reads: jobs.clone(), runner: jobs, guard: Box::new(()) }
}

testkit::job_contracts!(jobs_backend);
