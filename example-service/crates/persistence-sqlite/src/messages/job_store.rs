//! Hands out jobs out of `SQLite`.

use application::ports::{JobId, JobStore, QueuedJob, RepositoryError};
use async_trait::async_trait;
use persistence_sql::stored;
use time::OffsetDateTime;

use super::job_row::{JobRow, queued_job};
use crate::errors::repository_error;
use crate::ids::id_list;
use crate::store::SqliteStore;
use crate::timestamp::Timestamp;

#[async_trait]
impl JobStore for SqliteStore {
    async fn claim_jobs(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<QueuedJob>, RepositoryError> {
        let statement = "UPDATE enqueued_jobs SET claimed_until = ?3 WHERE id IN (
                SELECT id FROM enqueued_jobs
                WHERE claimed_until IS NULL OR claimed_until <= ?2
                ORDER BY id LIMIT ?1
            )
            RETURNING id, kind, argument";
        let rows = sqlx::query_as::<_, JobRow>(statement)
            .bind(i64::from(limit))
            .bind(Timestamp(now))
            .bind(Timestamp(lease_until))
            .fetch_all(self.writer())
            .await;
        let rows = rows.map_err(repository_error)?;
        let mut jobs: Vec<QueuedJob> = rows.into_iter().map(queued_job).collect();
        // Changed rows come back in whatever order.
        jobs.sort_unstable_by_key(|job| job.id);
        Ok(jobs)
    }

    async fn acknowledge_jobs(&self, jobs: &[JobId]) -> Result<(), RepositoryError> {
        let statement =
            "DELETE FROM enqueued_jobs WHERE id IN (SELECT unhex(value) FROM json_each(?1))";
        let taken_over = sqlx::query(statement)
            .bind(id_list(jobs.iter().map(|id| id.get())))
            .execute(self.writer())
            .await;
        taken_over.map(|_| ()).map_err(repository_error)
    }

    async fn count_jobs(&self) -> Result<Vec<(String, u64)>, RepositoryError> {
        let statement = "SELECT kind, count(*) FROM enqueued_jobs GROUP BY kind ORDER BY kind";
        let rows = sqlx::query_as::<_, (String, i64)>(statement).fetch_all(self.readers()).await;
        let rows = rows.map_err(repository_error)?.into_iter();
        let counted = |count| stored("count(*)", &count, |&count: &i64| u64::try_from(count));
        rows.map(|(kind, count)| Ok((kind, counted(count)?))).collect()
    }
}
