//! A worker, with everything that it does.

use std::sync::Arc;

use application::accounts::commands::SendWelcomeMailInteractor;
use application::catalog::commands::ArchiveProductsOfSellerInteractor;
use application::jobs::commands::{
    DispatchPurgesInteractor, PurgeDoneJobsInteractor, RelayJobsInteractor,
};
use application::orders::commands::PurgeIdempotencyKeysInteractor;
use application::outbox::commands::RelayOutboxInteractor;
use application::recovery::commands::SendRecoveryMailInteractor;
use application::reports::commands::BuildOrderReportInteractor;
use application::sessions::commands::PurgeExpiredSessionsInteractor;
use jobs_apalis::CronTimetable;
use presentation_worker::{
    JobUseCases, RelayUseCases, ScheduleUseCases, Worker, WorkerSettings, WorkerUseCases,
};

use super::ApplicationScope;
use super::application_scope::lifetime;
use crate::config::Config;
use crate::failure::Failure;

impl ApplicationScope {
    /// A worker as the settings want it.
    ///
    /// # Errors
    ///
    /// When it cannot be made of them.
    pub fn worker(&self, config: &Config) -> Result<Worker, Failure> {
        let timetable = CronTimetable::try_new(&config.jobs.clean_up);
        let timetable = timetable.map_err(|error| config.problem("jobs.clean_up", error))?;
        let use_cases = WorkerUseCases {
            jobs: self.job_use_cases(config)?,
            relays: self.relays(),
            schedules: ScheduleUseCases {
                dispatch_purges: Arc::new(DispatchPurgesInteractor::new(
                    self.jobs.dispatcher.clone(),
                )),
            },
        };
        let settings =
            WorkerSettings { relay_interval: config.jobs.poll_interval, ..WorkerSettings::USUAL };
        Ok(Worker::new(use_cases, self.jobs.runner.clone(), Arc::new(timetable), settings))
    }

    fn relays(&self) -> RelayUseCases {
        RelayUseCases {
            relay_jobs: Arc::new(RelayJobsInteractor::new(
                self.stores.enqueued_jobs.clone(),
                self.jobs.dispatcher.clone(),
                self.clock.clone(),
            )),
            relay_outbox: Arc::new(RelayOutboxInteractor::new(
                self.stores.outbox.clone(),
                self.events.clone(),
                self.clock.clone(),
            )),
        }
    }

    fn job_use_cases(&self, config: &Config) -> Result<JobUseCases, Failure> {
        let (stores, stamps) = (&self.stores, &self.stamps);
        let jobs = &config.jobs;
        let recovery_lifetime =
            lifetime(config, "session.recovery_lifetime", config.session.recovery_lifetime)?;
        let keep_keys = lifetime(config, "jobs.keep_idempotency_keys", jobs.keep_idempotency_keys)?;
        let keep_done = lifetime(config, "jobs.keep_done", jobs.keep_done)?;
        Ok(JobUseCases {
            send_welcome_mail: Arc::new(SendWelcomeMailInteractor::new(
                stores.user_views.clone(),
                self.mail_renderer.clone(),
                self.mailer.clone(),
            )),
            send_recovery_mail: self.retrying(SendRecoveryMailInteractor::new(
                stores.accounts.clone(),
                self.opaque_tokens.clone(),
                self.mail_renderer.clone(),
                self.mailer.clone(),
                recovery_lifetime,
                stamps.clone(),
            )),
            build_order_report: self.retrying(BuildOrderReportInteractor::new(
                stores.reports.clone(),
                stores.report_views.clone(),
                stores.report_files.clone(),
                stamps.clone(),
            )),
            archive_products_of_seller: self.retrying(ArchiveProductsOfSellerInteractor::new(
                stores.catalog.clone(),
                self.cache.clone(),
                stamps.clone(),
            )),
            purge_expired_sessions: self.retrying(PurgeExpiredSessionsInteractor::new(
                stores.accounts.clone(),
                stamps.clone(),
            )),
            purge_idempotency_keys: self.retrying(PurgeIdempotencyKeysInteractor::new(
                stores.orders.clone(),
                keep_keys,
                stamps.clone(),
            )),
            purge_done_jobs: Arc::new(PurgeDoneJobsInteractor::new(
                self.jobs.dispatcher.clone(),
                keep_done,
                self.clock.clone(),
            )),
        })
    }
}
