//! What a worker does with one job.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use apalis_core::task::Task;
use application::ports::{JobFailure, JobHandler, QueuedJob, Unavailable};
use tokio::task::JoinSet;
use tokio::time;

use crate::envelope::{Envelope, id_of};
use crate::settings::JobSettings;
use crate::task_table::{Held, TaskTable};

/// How often and how soon a statement is tried again while the database is out of order.
const TRIES: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(500);

/// What is said of jobs whose workers have died each time.
const WORKERS_DIED: &str = "whoever did it has died, every time";

/// What a worker needs to do jobs.
#[derive(Clone)]
pub(crate) struct Hands {
    pub(crate) handler: Arc<dyn JobHandler>,
    pub(crate) table: Arc<dyn TaskTable>,
    pub(crate) settings: JobSettings,
    /// The name of the worker.
    pub(crate) worker: String,
}

impl Hands {
    /// Does the job of a task that was taken, and writes down what becomes of it.
    ///
    /// # Errors
    ///
    /// When that cannot be written down.
    pub(crate) async fn do_task(&self, task: Task<Vec<u8>>) -> Result<(), Unavailable> {
        let job = task.task_id().map(ToString::to_string);
        let job = job.ok_or_else(|| Unavailable::new("a task has no id"))?;
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let made = count(task.attempt());
        let most = task.max_attempts().map_or(self.settings.attempts(), count);
        let id = id_of(&job)?;
        let job_in_words = Envelope::read(&task.args).into_job(id);
        let held = Held { job, worker: self.worker.clone() };
        let kind = job_in_words.kind.clone();
        if made >= most {
            tracing::error!(job = %id, kind, error = WORKERS_DIED, "a job is dead");
            persistently(|| self.table.bury(&held, WORKERS_DIED)).await?;
            return Ok(());
        }
        let attempt = made.saturating_add(1);
        let is_kept = match self.attempt(job_in_words).await {
            Ok(()) => {
                let is_kept = persistently(|| self.table.finish(&held)).await?;
                if is_kept {
                    tracing::info!(job = %id, kind, attempt, "a job is done");
                }
                is_kept
            }
            Err(JobFailure(error)) => {
                let delay = self.settings.delay_after(attempt);
                let is_kept = persistently(|| self.table.fail(&held, &error, delay)).await?;
                if is_kept && attempt >= most {
                    tracing::error!(job = %id, kind, attempt, error, "a job is dead");
                } else if is_kept {
                    tracing::warn!(job = %id, kind, attempt, error, ?delay, "a job has failed");
                }
                is_kept
            }
        };
        if !is_kept {
            tracing::warn!(job = %id, kind, "a job was lost to another worker while it was done");
        }
        Ok(())
    }

    /// Does a job on a task of its own, which may panic, and ends with this.
    async fn attempt(&self, job: QueuedJob) -> Result<(), JobFailure> {
        let handler = Arc::clone(&self.handler);
        let mut task = JoinSet::new();
        task.spawn(async move { handler.handle(&job).await });
        let timeout = self.settings.timeout;
        match time::timeout(timeout, task.join_next()).await {
            Ok(Some(Ok(outcome))) => outcome,
            Ok(Some(Err(error))) => Err(JobFailure(error.to_string())),
            Ok(None) => Err(JobFailure("it was not begun".to_owned())),
            Err(_) => Err(JobFailure(format!("it took longer than {timeout:?}"))),
        }
    }
}

/// Tries a statement again for a while: the job may be done already, and nobody would know.
async fn persistently<T, F>(mut statement: impl FnMut() -> F) -> Result<T, Unavailable>
where
    F: Future<Output = Result<T, Unavailable>>,
{
    for _ in 1..TRIES {
        match statement().await {
            Ok(outcome) => return Ok(outcome),
            Err(error) => {
                tracing::warn!(cause = error.source(), "how a job stands cannot be written down");
            }
        }
        time::sleep(BETWEEN_TRIES).await;
    }
    statement().await
}
