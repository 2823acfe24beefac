//! The tables of apalis in PostgreSQL.

use std::time::Duration;

use apalis_core::task::Task;
use apalis_core::worker::context::WorkerContext;
use apalis_postgres::Config;
use apalis_postgres::queries::{fetch_next, keep_alive, reenqueue_orphaned};
use application::ports::Unavailable;
use async_trait::async_trait;

use super::PostgresJobs;
use crate::envelope::QUEUE;
use crate::task_table::{Held, TaskTable};

#[async_trait]
impl TaskTable for PostgresJobs {
    async fn enter(&self, worker: &WorkerContext) -> Result<(), Unavailable> {
        // That of apalis takes a lock of the session under some names, which stays with the
        // pool.
        let entered = sqlx::query(
            "INSERT INTO apalis.workers (id, worker_type, storage_name, started_at)
            VALUES ($1, $2, 'marketplace', now())",
        );
        let entered = entered.bind(worker.name()).bind(QUEUE).execute(&self.pool).await;
        entered.map(|_| ()).map_err(Unavailable::new)
    }

    async fn beat(&self, worker: &WorkerContext) -> Result<(), Unavailable> {
        let mut connection = self.pool.acquire().await.map_err(Unavailable::new)?;
        keep_alive(&mut *connection, QUEUE, worker).await.map_err(Unavailable::new)?;
        let freed = reenqueue_orphaned(&mut *connection, QUEUE, self.settings.dead_after()).await;
        let freed = freed.map_err(Unavailable::new)?;
        if freed > 0 {
            tracing::warn!(freed, "jobs were set free whose workers have died");
        }
        Ok(())
    }

    async fn take(&self, worker: &WorkerContext) -> Result<Option<Task<Vec<u8>>>, Unavailable> {
        let config = Config::default().queue(QUEUE).batch_size(1);
        let mut connection = self.pool.acquire().await.map_err(Unavailable::new)?;
        let taken = fetch_next(&mut *connection, &config, worker).await;
        Ok(taken.map_err(Unavailable::new)?.pop())
    }

    async fn leave(&self, worker: &str) -> Result<(), Unavailable> {
        let left = sqlx::query(
            "DELETE FROM apalis.workers WHERE id = $1
                AND NOT EXISTS (SELECT 1 FROM apalis.jobs WHERE lock_by = $1)",
        );
        left.bind(worker).execute(&self.pool).await.map(|_| ()).map_err(Unavailable::new)
    }

    async fn finish(&self, held: &Held) -> Result<bool, Unavailable> {
        let finished = sqlx::query(
            "UPDATE apalis.jobs SET status = 'Done', attempts = attempts + 1, done_at = now(),
                last_result = NULL, lock_by = NULL, lock_at = NULL
            WHERE id = $1 AND lock_by = $2",
        );
        let finished = finished.bind(&held.job).bind(&held.worker).execute(&self.pool).await;
        Ok(finished.map_err(Unavailable::new)?.rows_affected() > 0)
    }

    async fn fail(&self, held: &Held, error: &str, delay: Duration) -> Result<bool, Unavailable> {
        let failed = sqlx::query(
            "UPDATE apalis.jobs SET status = 'Failed', attempts = attempts + 1, done_at = now(),
                last_result = jsonb_build_object('Err', $3::text),
                run_at = now() + make_interval(secs => $4), lock_by = NULL, lock_at = NULL
            WHERE id = $1 AND lock_by = $2",
        )
        .bind(&held.job)
        .bind(&held.worker)
        .bind(error)
        .bind(delay.as_secs_f64())
        .execute(&self.pool)
        .await;
        Ok(failed.map_err(Unavailable::new)?.rows_affected() > 0)
    }

    async fn bury(&self, held: &Held, error: &str) -> Result<bool, Unavailable> {
        let buried = sqlx::query(
            "UPDATE apalis.jobs SET status = 'Failed', done_at = now(),
                last_result = jsonb_build_object('Err', $3::text), lock_by = NULL, lock_at = NULL
            WHERE id = $1 AND lock_by = $2",
        )
        .bind(&held.job)
        .bind(&held.worker)
        .bind(error)
        .execute(&self.pool)
        .await;
        Ok(buried.map_err(Unavailable::new)?.rows_affected() > 0)
    }
}
