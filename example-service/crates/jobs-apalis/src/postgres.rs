//! Jobs in PostgreSQL.

mod board;
mod tasks;

use std::sync::Arc;

use apalis_postgres::PostgresStorage;
use apalis_postgres::queries::push_tasks;
use application::ports::{
    JobDispatcher, JobHandler, JobId, JobRunner, QueuedJob, Revival, StopSignal, Unavailable,
};
use async_trait::async_trait;
use sqlx::PgPool;
use sqlx::migrate::MigrateError;
use time::OffsetDateTime;

use crate::board::is_dead;
use crate::envelope::{QUEUE, task_of, text_of};
use crate::runner;
use crate::settings::JobSettings;

/// Takes, runs and shows jobs, which stand in a schema `apalis` beside the tables of the
/// marketplace. Clones are the same.
#[derive(Clone, Debug)]
pub struct PostgresJobs {
    pool: PgPool,
    settings: JobSettings,
}

impl PostgresJobs {
    /// Jobs in the database of `pool`. Nothing is there before [`PostgresJobs::migrate`].
    #[must_use]
    pub fn new(pool: PgPool, settings: JobSettings) -> Self {
        Self { pool, settings }
    }

    /// Makes the tables of apalis. What was done is noted in its schema, in a table of its own.
    /// It needs the extensions `hstore` and `pgcrypto`, which the owner of a database may
    /// install.
    ///
    /// # Errors
    ///
    /// When a step fails.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        PostgresStorage::migrations().run(&self.pool).await
    }

    /// How many of its migrations were not done yet. Nothing is changed, not even where none
    /// was.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn missing_migrations(&self) -> Result<usize, MigrateError> {
        let question = "SELECT to_regclass('apalis._sqlx_migrations') IS NOT NULL";
        let is_begun: bool = sqlx::query_scalar(question).fetch_one(&self.pool).await?;
        let mut done: Vec<i64> = Vec::new();
        if is_begun {
            let question = "SELECT version FROM apalis._sqlx_migrations WHERE success";
            done = sqlx::query_scalar(question).fetch_all(&self.pool).await?;
        }
        let all = PostgresStorage::migrations();
        Ok(all.iter().filter(|migration| !done.contains(&migration.version)).count())
    }
}

#[async_trait]
impl JobDispatcher for PostgresJobs {
    async fn dispatch(&self, job: &QueuedJob) -> Result<(), Unavailable> {
        let task = task_of(job, self.settings.attempts())?;
        let mut connection = self.pool.acquire().await.map_err(Unavailable::new)?;
        match push_tasks(&mut *connection, QUEUE, vec![task]).await {
            Err(apalis_postgres::Error::Database(error)) if is_known(&error) => Ok(()),
            outcome => outcome.map_err(Unavailable::new),
        }
    }

    async fn revive(&self, job: JobId) -> Result<Revival, Unavailable> {
        let job = text_of(job);
        let revived = sqlx::query(concat!(
            "UPDATE apalis.jobs SET status = 'Pending', attempts = 0, run_at = now(), done_at = NULL,
                last_result = NULL, lock_by = NULL, lock_at = NULL
            WHERE id = $1 AND job_type = $2
                AND ",
            is_dead!(),
        ));
        let revived = revived.bind(&job).bind(QUEUE).execute(&self.pool).await;
        if revived.map_err(Unavailable::new)?.rows_affected() > 0 {
            return Ok(Revival::Revived);
        }
        let question = "SELECT EXISTS (SELECT 1 FROM apalis.jobs WHERE id = $1 AND job_type = $2)";
        let is_known = sqlx::query_scalar(question).bind(&job).bind(QUEUE).fetch_one(&self.pool);
        let is_known = is_known.await.map_err(Unavailable::new)?;
        Ok(if is_known { Revival::NotDead } else { Revival::Unknown })
    }

    async fn forget_done_before(&self, time: OffsetDateTime) -> Result<u64, Unavailable> {
        let forgotten = sqlx::query(
            "DELETE FROM apalis.jobs WHERE job_type = $1 AND status = 'Done' AND done_at < $2",
        )
        .bind(QUEUE)
        .bind(time)
        .execute(&self.pool)
        .await
        .map_err(Unavailable::new)?;
        // Workers that have died leave their names behind.
        sqlx::query(
            "DELETE FROM apalis.workers WHERE worker_type = $1 AND last_seen < $2
                AND NOT EXISTS (SELECT 1 FROM apalis.jobs WHERE lock_by = workers.id)",
        )
        .bind(QUEUE)
        .bind(time)
        .execute(&self.pool)
        .await
        .map_err(Unavailable::new)?;
        Ok(forgotten.rows_affected())
    }
}

#[async_trait]
impl JobRunner for PostgresJobs {
    async fn run(&self, handler: Arc<dyn JobHandler>, stop: StopSignal) -> Result<(), Unavailable> {
        runner::run(Arc::new(self.clone()), self.settings, handler, stop).await;
        Ok(())
    }
}

/// Whether a job is there already.
fn is_known(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
