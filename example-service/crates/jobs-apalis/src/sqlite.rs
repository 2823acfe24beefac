//! Jobs in `SQLite`.

mod board;
mod migrations;
mod tasks;

use std::sync::Arc;

use apalis_sqlite::SqliteStorage;
use apalis_sqlite::queries::push_tasks;
use application::ports::{
    JobDispatcher, JobHandler, JobId, JobRunner, QueuedJob, Revival, StopSignal, Unavailable,
};
use async_trait::async_trait;
use sqlx::SqlitePool;
use sqlx::migrate::MigrateError;
use time::OffsetDateTime;

use self::migrations::migrate_as_one;
use crate::board::is_dead;
use crate::envelope::{QUEUE, task_of, text_of};
use crate::runner;
use crate::settings::JobSettings;

/// Where it is noted which migrations of apalis were done. It would be the table of the
/// marketplace's own migrations if nothing were said.
const MIGRATIONS: &str = "_apalis_migrations";

/// Takes, runs and shows jobs, which stand in tables `Jobs` and `Workers` beside those of the
/// marketplace. Clones are the same.
#[derive(Clone, Debug)]
pub struct SqliteJobs {
    pool: SqlitePool,
    settings: JobSettings,
}

impl SqliteJobs {
    /// Jobs in the file that `pool` writes. Nothing is there before [`SqliteJobs::migrate`].
    #[must_use]
    pub fn new(pool: SqlitePool, settings: JobSettings) -> Self {
        Self { pool, settings }
    }

    /// Makes the tables of apalis. Its own way to do so would also have the connection no
    /// longer wait for the disk, so that a crash could lose orders.
    ///
    /// # Errors
    ///
    /// When a step fails.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        let mut migrator = SqliteStorage::migrations();
        migrator.dangerous_set_table_name(MIGRATIONS);
        migrate_as_one(&self.pool, &migrator).await
    }

    /// How many of its migrations were not done yet. Nothing is changed, not even where none
    /// was.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn missing_migrations(&self) -> Result<usize, MigrateError> {
        let question = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1)";
        let is_begun: bool =
            sqlx::query_scalar(question).bind(MIGRATIONS).fetch_one(&self.pool).await?;
        let mut done: Vec<i64> = Vec::new();
        if is_begun {
            let question = "SELECT version FROM _apalis_migrations WHERE success";
            done = sqlx::query_scalar(question).fetch_all(&self.pool).await?;
        }
        let all = SqliteStorage::migrations();
        Ok(all.iter().filter(|migration| !done.contains(&migration.version)).count())
    }
}

#[async_trait]
impl JobDispatcher for SqliteJobs {
    async fn dispatch(&self, job: &QueuedJob) -> Result<(), Unavailable> {
        let task = task_of(job, self.settings.attempts())?;
        let mut connection = self.pool.acquire().await.map_err(Unavailable::new)?;
        match push_tasks(&mut *connection, QUEUE, &[task]).await {
            Err(apalis_sqlite::Error::Database(error)) if is_known(&error) => Ok(()),
            outcome => outcome.map_err(Unavailable::new),
        }
    }

    async fn revive(&self, job: JobId) -> Result<Revival, Unavailable> {
        let job = text_of(job);
        let revived = sqlx::query(concat!(
            "UPDATE Jobs SET status = 'Pending', attempts = 0, run_at = unixepoch(), done_at = NULL,
                last_result = NULL, lock_by = NULL, lock_at = NULL
            WHERE id = ?1 AND job_type = ?2
                AND ",
            is_dead!(),
        ));
        let revived = revived.bind(&job).bind(QUEUE).execute(&self.pool).await;
        if revived.map_err(Unavailable::new)?.rows_affected() > 0 {
            return Ok(Revival::Revived);
        }
        let question = "SELECT EXISTS (SELECT 1 FROM Jobs WHERE id = ?1 AND job_type = ?2)";
        let is_known = sqlx::query_scalar(question).bind(&job).bind(QUEUE).fetch_one(&self.pool);
        let is_known = is_known.await.map_err(Unavailable::new)?;
        Ok(if is_known { Revival::NotDead } else { Revival::Unknown })
    }

    async fn forget_done_before(&self, time: OffsetDateTime) -> Result<u64, Unavailable> {
        let forgotten = sqlx::query(
            "DELETE FROM Jobs WHERE job_type = ?1 AND status = 'Done' AND done_at < ?2",
        )
        .bind(QUEUE)
        .bind(time.unix_timestamp())
        .execute(&self.pool)
        .await
        .map_err(Unavailable::new)?;
        // Workers that have died leave their names behind.
        sqlx::query(
            "DELETE FROM Workers WHERE worker_type = ?1 AND last_seen < ?2
                AND NOT EXISTS (SELECT 1 FROM Jobs WHERE lock_by = Workers.id)",
        )
        .bind(QUEUE)
        .bind(time.unix_timestamp())
        .execute(&self.pool)
        .await
        .map_err(Unavailable::new)?;
        Ok(forgotten.rows_affected())
    }
}

#[async_trait]
impl JobRunner for SqliteJobs {
    async fn run(&self, handler: Arc<dyn JobHandler>, stop: StopSignal) -> Result<(), Unavailable> {
        runner::run(Arc::new(self.clone()), self.settings, handler, stop).await;
        Ok(())
    }
}

/// Whether a job is there already.
fn is_known(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}
