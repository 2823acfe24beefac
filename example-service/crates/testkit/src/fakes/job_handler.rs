//! Someone who does jobs as they say themselves.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use application::ports::{JobFailure, JobHandler, JobId, QueuedJob};
use async_trait::async_trait;
use tokio::sync::Semaphore;

use crate::builders::fresh_id;

/// Does jobs as their arguments say, and remembers which.
pub struct ScriptedJobHandler {
    begun: Mutex<BTreeMap<JobId, u32>>,
    done: Mutex<Vec<JobId>>,
    gate: Semaphore,
}

impl ScriptedJobHandler {
    /// A job that is done.
    pub const DONE: &str = "done";
    /// A job that fails each time.
    pub const FAILS: &str = "fails";
    /// A job that fails twice.
    pub const FAILS_TWICE: &str = "fails twice";
    /// A job that panics each time.
    pub const PANICS: &str = "panics";
    /// A job that waits at a gate, which is closed at first.
    pub const WAITS: &str = "waits";

    /// One with a closed gate.
    #[must_use]
    pub fn new() -> Self {
        let (begun, done) = (Mutex::default(), Mutex::default());
        Self { begun, done, gate: Semaphore::new(0) }
    }

    /// A new job of this script.
    #[must_use]
    pub fn job(script: &str) -> QueuedJob {
        let (kind, argument) = ("scripted".to_owned(), script.to_owned());
        QueuedJob { id: JobId::new(fresh_id()), kind, argument }
    }

    /// Lets all jobs pass the gate, now and later.
    pub fn open_gate(&self) {
        self.gate.add_permits(Semaphore::MAX_PERMITS / 2);
    }

    /// How often a job was begun.
    #[must_use]
    pub fn times_begun(&self, job: JobId) -> u32 {
        let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        begun.get(&job).copied().unwrap_or_default()
    }

    /// The jobs that were done, each as often as it was.
    #[must_use]
    pub fn done(&self) -> Vec<JobId> {
        self.done.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn begin(&self, job: JobId) -> u32 {
        let mut begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
        let times = begun.entry(job).or_default();
        *times += 1;
        *times
    }
}

impl Default for ScriptedJobHandler {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl JobHandler for ScriptedJobHandler {
    async fn handle(&self, job: &QueuedJob) -> Result<(), JobFailure> {
        let times = self.begin(job.id);
        match job.argument.as_str() {
            Self::FAILS => return Err(JobFailure(format!("failure {times}"))),
            Self::FAILS_TWICE if times <= 2 => return Err(JobFailure(format!("failure {times}"))),
            Self::PANICS => panic!("as the script says"),
            Self::WAITS => drop(self.gate.acquire().await),
            _ => {}
        }
        self.done.lock().unwrap_or_else(PoisonError::into_inner).push(job.id);
        Ok(())
    }
}
