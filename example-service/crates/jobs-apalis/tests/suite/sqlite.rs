//! The contracts in `SQLite`.

use std::sync::Arc;

use testkit::contracts::jobs::JobsBackend;

use crate::databases::SqliteDatabase;

async fn backend() -> JobsBackend {
    let database = SqliteDatabase::bare().await;
    let jobs = Arc::new(database.jobs());
    database.store.migrate().await.expect("the marketplace can be migrated");
    jobs.migrate().await.expect("apalis can be migrated");
    let guard = Box::new(database);
    JobsBackend { dispatcher: jobs.clone(), reads: jobs.clone(), runner: jobs, guard }
}

testkit::job_contracts!(backend);
