//! The contracts in PostgreSQL.

use std::sync::Arc;

use testkit::contracts::jobs::JobsBackend;

use crate::databases::PostgresDatabase;

async fn backend() -> JobsBackend {
    let database = PostgresDatabase::bare().await;
    let jobs = Arc::new(database.jobs());
    database.store.migrate().await.expect("the marketplace can be migrated");
    jobs.migrate().await.expect("apalis can be migrated");
    let guard = Box::new(database);
    JobsBackend { dispatcher: jobs.clone(), reads: jobs.clone(), runner: jobs, guard }
}

testkit::job_contracts!(backend);
