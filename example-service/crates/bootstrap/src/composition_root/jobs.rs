//! What runs jobs, and use cases about them.

use std::sync::Arc;
use std::time::Duration;

use application::jobs::commands::RetryJobInteractor;
use application::jobs::queries::ListJobsQuery;
use application::ports::{JobDispatcher, JobReadStore, JobRunner};
use jobs_apalis::JobSettings;
use presentation_http::JobUseCases;

use super::ApplicationScope;
use crate::config::Config;
use crate::failure::Failure;

/// For how long at least a job that was done has to be known: longer than a relay that has died
/// keeps others from handing it over again.
const SHORTEST_MEMORY: Duration = Duration::from_mins(10);

/// What runs jobs, behind its ports.
#[derive(Clone)]
#[expect(missing_docs, reason = "each field is the port of its name")]
pub struct Jobs {
    pub dispatcher: Arc<dyn JobDispatcher>,
    pub views: Arc<dyn JobReadStore>,
    pub runner: Arc<dyn JobRunner>,
}

impl Jobs {
    /// The ports of one thing that has them all.
    pub fn of<J>(jobs: J) -> Self
    where
        J: JobDispatcher + JobReadStore + JobRunner + 'static,
    {
        let jobs = Arc::new(jobs);
        Self { dispatcher: jobs.clone(), views: jobs.clone(), runner: jobs }
    }
}

impl ApplicationScope {
    pub(super) fn jobs(&self) -> JobUseCases {
        JobUseCases {
            list_jobs: Arc::new(ListJobsQuery::new(
                self.stores.enqueued_jobs.clone(),
                self.jobs.views.clone(),
            )),
            retry_job: Arc::new(RetryJobInteractor::new(self.jobs.dispatcher.clone())),
        }
    }
}

/// How the settings want jobs to be run.
pub(super) fn job_settings(config: &Config) -> Result<JobSettings, Failure> {
    let jobs = &config.jobs;
    for (path, duration) in [
        ("jobs.timeout", jobs.timeout),
        ("jobs.poll_interval", jobs.poll_interval),
        ("jobs.heartbeat_interval", jobs.heartbeat_interval),
    ] {
        if duration == Duration::ZERO {
            return Err(config.problem(path, "it is no time at all").into());
        }
    }
    if jobs.keep_done < SHORTEST_MEMORY {
        let reason = "a job that is handed over twice would not be known the second time";
        return Err(config.problem("jobs.keep_done", reason).into());
    }
    if jobs.missed_heartbeats.get() < 2 {
        let reason = "who is late by a moment would be taken for dead";
        return Err(config.problem("jobs.missed_heartbeats", reason).into());
    }
    Ok(JobSettings {
        retries: jobs.retries,
        first_delay: jobs.first_delay,
        longest_delay: jobs.longest_delay,
        timeout: jobs.timeout,
        poll_interval: jobs.poll_interval,
        heartbeat_interval: jobs.heartbeat_interval,
        missed_heartbeats: jobs.missed_heartbeats.get(),
        concurrency: jobs.concurrency.get(),
    })
}
