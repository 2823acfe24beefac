//! Hands out jobs out of PostgreSQL.

use application::ports::{JobId, JobStore, QueuedJob, RepositoryError};
use async_trait::async_trait;
use persistence_sql::stored;
use time::OffsetDateTime;
use uuid::Uuid;

use super::job_row::{JobRow, queued_job};
use crate::errors::repository_error;
use crate::store::PostgresStore;

#[async_trait]
impl JobStore for PostgresStore {
    async fn claim_jobs(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<QueuedJob>, RepositoryError> {
        // What someone else is claiming at this moment is passed over, not waited for.
        let statement = "WITH free AS (
                SELECT id FROM enqueued_jobs
                WHERE claimed_until IS NULL OR claimed_until <= $2
                ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
            )
            UPDATE enqueued_jobs SET claimed_until = $3 FROM free
            WHERE enqueued_jobs.id = free.id
            RETURNING enqueued_jobs.id, kind, argument";
        let rows = sqlx::query_as::<_, JobRow>(statement)
            .bind(i64::from(limit))
            .bind(now)
            .bind(lease_until)
            .fetch_all(self.pool())
            .await;
        let rows = rows.map_err(repository_error)?;
        let mut jobs: Vec<QueuedJob> = rows.into_iter().map(queued_job).collect();
        // Changed rows come back in whatever order.
        jobs.sort_unstable_by_key(|job| job.id);
        Ok(jobs)
    }

    async fn acknowledge_jobs(&self, jobs: &[JobId]) -> Result<(), RepositoryError> {
        let ids: Vec<Uuid> = jobs.iter().map(|id| id.get()).collect();
        let taken_over = sqlx::query("DELETE FROM enqueued_jobs WHERE id = ANY($1)")
            .bind(ids)
            .execute(self.pool())
            .await;
        taken_over.map(|_| ()).map_err(repository_error)
    }

    async fn count_jobs(&self) -> Result<Vec<(String, u64)>, RepositoryError> {
        let statement = "SELECT kind, count(*) FROM enqueued_jobs
            GROUP BY kind ORDER BY kind COLLATE \"C\"";
        let rows = sqlx::query_as::<_, (String, i64)>(statement).fetch_all(self.pool()).await;
        let rows = rows.map_err(repository_error)?.into_iter();
        let counted = |count| stored("count(*)", &count, |&count: &i64| u64::try_from(count));
        rows.map(|(kind, count)| Ok((kind, counted(count)?))).collect()
    }
}
