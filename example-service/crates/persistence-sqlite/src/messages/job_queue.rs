//! Keeps jobs in `SQLite` until they are taken over.

use application::ports::{Job, JobId, JobQueue, RepositoryError};
use async_trait::async_trait;
use sqlx::SqliteConnection;

use crate::errors::repository_error;

/// Keeps jobs in `SQLite` until they are taken over.
pub(crate) struct SqliteJobQueue<'a> {
    connection: &'a mut SqliteConnection,
}

impl<'a> SqliteJobQueue<'a> {
    pub(crate) fn new(connection: &'a mut SqliteConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl JobQueue for SqliteJobQueue<'_> {
    async fn enqueue(&mut self, id: JobId, job: &Job) -> Result<(), RepositoryError> {
        let enqueued =
            sqlx::query("INSERT INTO enqueued_jobs (id, kind, argument) VALUES (?1, ?2, ?3)")
                .bind(id.get())
                .bind(job.kind())
                .bind(job.argument())
                .execute(&mut *self.connection)
                .await;
        enqueued.map(|_| ()).map_err(repository_error)
    }
}
