//! Hands out jobs out of PostgreSQL.

use application::ports::{Job, JobId, RepositoryError};
use time::OffsetDateTime;
use uuid::Uuid;

use super::job_row::{JobRow, job};
use crate::errors::repository_error;
use crate::store::PostgresStore;

impl PostgresStore {
    /// Up to `limit` jobs that nobody else has claimed at `now`, the oldest first. They are
    /// claimed until `lease_until`; who has not acknowledged them by then is taken for dead.
    ///
    /// # Errors
    ///
    /// When the store cannot be written, or holds what is no job.
    pub async fn claim_jobs(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<(JobId, Job)>, RepositoryError> {
        // What someone else is claiming at this moment is passed over, not waited for.
        let statement = "WITH free AS (
                SELECT id FROM jobs WHERE claimed_until IS NULL OR claimed_until <= $2
                ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
            )
            UPDATE jobs SET claimed_until = $3 FROM free WHERE jobs.id = free.id
            RETURNING jobs.id, kind, argument";
        let rows = sqlx::query_as::<_, JobRow>(statement)
            .bind(i64::from(limit))
            .bind(now)
            .bind(lease_until)
            .fetch_all(self.pool())
            .await;
        let rows = rows.map_err(repository_error)?;
        let jobs: Result<Vec<_>, _> = rows.iter().map(job).collect();
        let mut jobs = jobs?;
        // Changed rows come back in whatever order.
        jobs.sort_unstable_by_key(|(id, _)| *id);
        Ok(jobs)
    }

    /// Notes that jobs were taken over by who sees to it that they are done.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    pub async fn acknowledge_jobs(&self, jobs: &[JobId]) -> Result<(), RepositoryError> {
        let ids: Vec<Uuid> = jobs.iter().map(|id| id.get()).collect();
        let taken_over =
            sqlx::query("DELETE FROM jobs WHERE id = ANY($1)").bind(ids).execute(self.pool()).await;
        taken_over.map(|_| ()).map_err(repository_error)
    }
}
