//! The tables of apalis in `SQLite`.

use std::time::Duration;

use apalis_core::backend::WorkerFilter;
use apalis_core::task::Task;
use apalis_core::worker::context::WorkerContext;
use apalis_sqlite::Config;
use apalis_sqlite::queries::{fetch_next, keep_alive, reenqueue_orphaned};
use application::ports::Unavailable;
use async_trait::async_trait;

use super::SqliteJobs;
use crate::envelope::QUEUE;
use crate::task_table::{Held, TaskTable};

#[async_trait]
impl TaskTable for SqliteJobs {
    async fn enter(&self, worker: &WorkerContext) -> Result<(), Unavailable> {
        let entered = sqlx::query(
            "INSERT INTO Workers (id, worker_type, storage_name, last_seen, started_at)
            VALUES (?1, ?2, 'marketplace', unixepoch(), unixepoch())",
        );
        let entered = entered.bind(worker.name()).bind(QUEUE).execute(&self.pool).await;
        entered.map(|_| ()).map_err(Unavailable::new)
    }

    async fn beat(&self, worker: &WorkerContext) -> Result<(), Unavailable> {
        let config = Config::default().queue(QUEUE);
        keep_alive(&self.pool, &config, worker).await.map_err(Unavailable::new)?;
        let dead_after = i64::try_from(self.settings.dead_after()).unwrap_or(i64::MAX);
        let others = WorkerFilter::AllExcept(worker.name().to_owned());
        let freed = reenqueue_orphaned(&self.pool, dead_after, QUEUE, &others).await;
        let freed = freed.map_err(Unavailable::new)?;
        if freed > 0 {
            tracing::warn!(freed, "jobs were set free whose workers have died");
        }
        Ok(())
    }

    async fn take(&self, worker: &WorkerContext) -> Result<Option<Task<Vec<u8>>>, Unavailable> {
        let config = Config::default().queue(QUEUE).batch_size(1);
        let taken = fetch_next(&self.pool, &config, worker).await;
        Ok(taken.map_err(Unavailable::new)?.pop())
    }

    async fn leave(&self, worker: &str) -> Result<(), Unavailable> {
        let left = sqlx::query(
            "DELETE FROM Workers WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM Jobs WHERE lock_by = ?1)",
        );
        left.bind(worker).execute(&self.pool).await.map(|_| ()).map_err(Unavailable::new)
    }

    async fn finish(&self, held: &Held) -> Result<bool, Unavailable> {
        let finished = sqlx::query(
            "UPDATE Jobs SET status = 'Done', attempts = attempts + 1, done_at = unixepoch(),
                last_result = NULL, lock_by = NULL, lock_at = NULL
            WHERE id = ?1 AND lock_by = ?2",
        );
        let finished = finished.bind(&held.job).bind(&held.worker).execute(&self.pool).await;
        Ok(finished.map_err(Unavailable::new)?.rows_affected() > 0)
    }

    async fn fail(&self, held: &Held, error: &str, delay: Duration) -> Result<bool, Unavailable> {
        let failed = sqlx::query(
            "UPDATE Jobs SET status = 'Failed', attempts = attempts + 1, done_at = unixepoch(),
                last_result = json_object('Err', ?3), run_at = unixepoch() + ?4,
                lock_by = NULL, lock_at = NULL
            WHERE id = ?1 AND lock_by = ?2",
        )
        .bind(&held.job)
        .bind(&held.worker)
        .bind(error)
        .bind(whole_seconds(delay))
        .execute(&self.pool)
        .await;
        Ok(failed.map_err(Unavailable::new)?.rows_affected() > 0)
    }

    async fn bury(&self, held: &Held, error: &str) -> Result<bool, Unavailable> {
        let buried = sqlx::query(
            "UPDATE Jobs SET status = 'Failed', done_at = unixepoch(),
                last_result = json_object('Err', ?3), lock_by = NULL, lock_at = NULL
            WHERE id = ?1 AND lock_by = ?2",
        )
        .bind(&held.job)
        .bind(&held.worker)
        .bind(error)
        .execute(&self.pool)
        .await;
        Ok(buried.map_err(Unavailable::new)?.rows_affected() > 0)
    }
}

/// The least number of seconds that are at least as long.
fn whole_seconds(delay: Duration) -> i64 {
    let seconds = delay.as_secs() + u64::from(delay.subsec_nanos() > 0);
    i64::try_from(seconds).unwrap_or(i64::MAX)
}
