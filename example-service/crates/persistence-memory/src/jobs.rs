//! Takes, runs and shows jobs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use application::ports::{
    Clock, DeadJob, JobCount, JobDispatcher, JobFailure, JobHandler, JobId, JobReadStore,
    JobRunner, JobState, QueuedJob, Revival, StopSignal, Unavailable,
};
use async_trait::async_trait;
use time::OffsetDateTime;
use tokio::task::JoinSet;

/// How long a worker that is free waits before it looks again.
const PAUSE: Duration = Duration::from_millis(5);

/// What is said of jobs whose workers have died each time.
const WORKERS_DIED: &str = "whoever did it has died, every time";

/// Takes, runs and shows jobs, which are gone with the process. What has failed is tried again
/// at once. Clones are the same.
#[derive(Clone)]
pub struct MemoryJobs {
    tasks: Arc<Mutex<BTreeMap<JobId, Task>>>,
    clock: Arc<dyn Clock>,
    attempts: u32,
}

struct Task {
    job: QueuedJob,
    state: JobState,
    attempts: u32,
    error: String,
    ended_at: OffsetDateTime,
}

/// A job in hand. When it is dropped before it has come to an end, who did it has died.
struct Held<'a> {
    jobs: &'a MemoryJobs,
    id: JobId,
    outcome: Result<(), JobFailure>,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut tasks = self.jobs.lock();
        let Some(task) = tasks.get_mut(&self.id) else { return };
        task.attempts += 1;
        task.ended_at = self.jobs.clock.now();
        match &self.outcome {
            Ok(()) => task.state = JobState::Done,
            Err(JobFailure(error)) => {
                let is_dead = task.attempts >= self.jobs.attempts;
                task.state = if is_dead { JobState::Dead } else { JobState::Retrying };
                error.clone_into(&mut task.error);
            }
        }
    }
}

impl MemoryJobs {
    /// No jobs yet. Each is tried so often altogether.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, attempts: u32) -> Self {
        Self { tasks: Arc::default(), clock, attempts }
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<JobId, Task>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The oldest job that nobody does.
    fn take(&self) -> Option<(QueuedJob, Held<'_>)> {
        let mut tasks = self.lock();
        let is_free =
            |task: &&mut Task| matches!(task.state, JobState::Waiting | JobState::Retrying);
        let task = tasks.values_mut().find(is_free)?;
        task.state = JobState::Running;
        let outcome = Err(JobFailure(WORKERS_DIED.to_owned()));
        Some((task.job.clone(), Held { jobs: self, id: task.job.id, outcome }))
    }
}

#[async_trait]
impl JobDispatcher for MemoryJobs {
    async fn dispatch(&self, job: &QueuedJob) -> Result<(), Unavailable> {
        let (job, state) = (job.clone(), JobState::Waiting);
        let (attempts, error, ended_at) = (0, String::new(), self.clock.now());
        let task = Task { job, state, attempts, error, ended_at };
        self.lock().entry(task.job.id).or_insert(task);
        Ok(())
    }

    async fn revive(&self, job: JobId) -> Result<Revival, Unavailable> {
        let mut tasks = self.lock();
        let Some(task) = tasks.get_mut(&job) else { return Ok(Revival::Unknown) };
        if task.state != JobState::Dead {
            return Ok(Revival::NotDead);
        }
        (task.state, task.attempts) = (JobState::Waiting, 0);
        task.error.clear();
        Ok(Revival::Revived)
    }

    async fn forget_done_before(&self, time: OffsetDateTime) -> Result<u64, Unavailable> {
        let mut tasks = self.lock();
        let before = tasks.len();
        tasks.retain(|_, task| task.state != JobState::Done || task.ended_at >= time);
        Ok(before.abs_diff(tasks.len()) as u64)
    }
}

#[async_trait]
impl JobReadStore for MemoryJobs {
    async fn counts(&self) -> Result<Vec<JobCount>, Unavailable> {
        let mut counts = BTreeMap::new();
        for task in self.lock().values() {
            *counts.entry((task.job.kind.clone(), task.state)).or_default() += 1;
        }
        let counts = counts.into_iter();
        Ok(counts.map(|((kind, state), count)| JobCount { kind, state, count }).collect())
    }

    async fn dead(&self, before: Option<JobId>, limit: u32) -> Result<Vec<DeadJob>, Unavailable> {
        let tasks = self.lock();
        let older = tasks.values().rev().filter(|task| before.is_none_or(|id| task.job.id < id));
        let dead = older.filter(|task| task.state == JobState::Dead).take(limit as usize);
        let shown = dead.map(|task| {
            let QueuedJob { id, kind, argument } = task.job.clone();
            let (attempts, error, died_at) = (task.attempts, task.error.clone(), task.ended_at);
            DeadJob { id, kind, argument, attempts, error, died_at }
        });
        Ok(shown.collect())
    }
}

#[async_trait]
impl JobRunner for MemoryJobs {
    async fn run(
        &self,
        handler: Arc<dyn JobHandler>,
        mut stop: StopSignal,
    ) -> Result<(), Unavailable> {
        loop {
            tokio::select! {
                biased;
                () = &mut stop => return Ok(()),
                () = tokio::time::sleep(PAUSE) => {}
            }
            while let Some((job, mut held)) = self.take() {
                // A task of its own keeps a panic from the worker, and ends with it.
                let handler = Arc::clone(&handler);
                let mut task = JoinSet::new();
                task.spawn(async move { handler.handle(&job).await });
                if let Some(ended) = task.join_next().await {
                    let panicked =
                        |error: tokio::task::JoinError| Err(JobFailure(error.to_string()));
                    held.outcome = ended.unwrap_or_else(panicked);
                }
                drop(held);
                let mut is_over = false;
                tokio::select! {
                    biased;
                    () = &mut stop => is_over = true,
                    () = std::future::ready(()) => {}
                }
                if is_over {
                    return Ok(());
                }
            }
        }
    }
}
