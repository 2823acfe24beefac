//! Shows jobs.

use application::ports::{DeadJob, JobCount, JobId, JobReadStore, Unavailable};
use async_trait::async_trait;
use time::OffsetDateTime;

use super::SqliteJobs;
use crate::board::{counted, dead_job, is_dead};
use crate::envelope::{QUEUE, text_of};

#[async_trait]
impl JobReadStore for SqliteJobs {
    async fn counts(&self) -> Result<Vec<JobCount>, Unavailable> {
        let rows = sqlx::query_as::<_, (String, String, i64)>(
            "SELECT coalesce(CAST(job AS TEXT) ->> 'kind', '') AS kind,
                CASE
                    WHEN status = 'Failed' AND attempts < max_attempts THEN 'Retrying'
                    ELSE status
                END AS state,
                count(*)
            FROM Jobs WHERE job_type = ?1 GROUP BY 1, 2",
        )
        .bind(QUEUE)
        .fetch_all(&self.pool)
        .await;
        counted(rows.map_err(Unavailable::new)?)
    }

    async fn dead(&self, before: Option<JobId>, limit: u32) -> Result<Vec<DeadJob>, Unavailable> {
        let question = concat!(
            "SELECT id, job, attempts, last_result ->> 'Err', coalesce(done_at, run_at)
            FROM Jobs
            WHERE job_type = ?1 AND (?2 IS NULL OR id < ?2) AND ",
            is_dead!(),
            " ORDER BY id DESC LIMIT ?3",
        );
        let rows = sqlx::query_as::<_, (String, Vec<u8>, i64, Option<String>, i64)>(question)
            .bind(QUEUE)
            .bind(before.map(text_of))
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await;
        let rows = rows.map_err(Unavailable::new)?.into_iter();
        rows.map(|(id, job, attempts, error, died_at)| {
            let died_at = OffsetDateTime::from_unix_timestamp(died_at);
            dead_job(&id, &job, attempts, error, died_at.map_err(Unavailable::new)?)
        })
        .collect()
    }
}
