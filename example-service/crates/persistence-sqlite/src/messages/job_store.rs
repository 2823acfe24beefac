//! Hands out jobs out of `SQLite`.

use application::ports::{Job, JobId, RepositoryError};
use time::OffsetDateTime;

use super::job_row::{JobRow, job};
use crate::errors::repository_error;
use crate::ids::id_list;
use crate::store::SqliteStore;
use crate::timestamp::Timestamp;

impl SqliteStore {
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
        let statement = "UPDATE jobs SET claimed_until = ?3 WHERE id IN (
                SELECT id FROM jobs WHERE claimed_until IS NULL OR claimed_until <= ?2
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
        let statement = "DELETE FROM jobs WHERE id IN (SELECT unhex(value) FROM json_each(?1))";
        let taken_over = sqlx::query(statement)
            .bind(id_list(jobs.iter().map(|id| id.get())))
            .execute(self.writer())
            .await;
        taken_over.map(|_| ()).map_err(repository_error)
    }
}
