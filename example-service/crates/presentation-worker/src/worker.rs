//! All of it at once.

use std::sync::Arc;

use application::jobs::commands::RelayJobs;
use application::outbox::commands::RelayOutbox;
use application::ports::{JobRunner, StopSignal, Timetable, Unavailable};
use tokio::sync::watch;

use crate::consumer::JobConsumer;
use crate::relay::relay;
use crate::schedule::purge_when_due;
use crate::settings::WorkerSettings;
use crate::use_cases::WorkerUseCases;

/// Does jobs, hands on what was asked for and what has happened, and cleans up. Any number of
/// workers may share one database.
pub struct Worker {
    use_cases: WorkerUseCases,
    runner: Arc<dyn JobRunner>,
    timetable: Arc<dyn Timetable>,
    settings: WorkerSettings,
}

impl Worker {
    /// One that is given what it needs. `timetable` says when to clean up.
    #[must_use]
    pub fn new(
        use_cases: WorkerUseCases,
        runner: Arc<dyn JobRunner>,
        timetable: Arc<dyn Timetable>,
        settings: WorkerSettings,
    ) -> Self {
        Self { use_cases, runner, timetable, settings }
    }

    /// Works until `stop` is over. Then it takes nothing new, and returns when the jobs in hand
    /// have come to their end.
    ///
    /// # Errors
    ///
    /// When jobs cannot be run any more.
    pub async fn run(self, stop: StopSignal) -> Result<(), Unavailable> {
        let Self { use_cases, runner, timetable, settings } = self;
        let WorkerUseCases { jobs, relays, schedules } = use_cases;
        let (stopping, told) = watch::channel(false);
        let stopped = || -> StopSignal {
            let mut told = told.clone();
            // Who tells is gone only when all of this is.
            Box::pin(async move { drop(told.wait_for(|is_over| *is_over).await) })
        };
        let telling = async {
            stop.await;
            stopping.send_replace(true);
            Ok(())
        };
        let relaying_jobs = async {
            let to_relay = |limit| RelayJobs { limit };
            relay(&*relays.relay_jobs, to_relay, settings, stopped()).await;
            Ok(())
        };
        let relaying_events = async {
            let to_relay = |limit| RelayOutbox { limit };
            relay(&*relays.relay_outbox, to_relay, settings, stopped()).await;
            Ok(())
        };
        let cleaning_up = async {
            purge_when_due(&*schedules.dispatch_purges, &*timetable, stopped()).await;
            Ok(())
        };
        let doing_jobs = runner.run(Arc::new(JobConsumer::new(jobs)), stopped());
        tracing::info!("the worker is ready");
        tokio::try_join!(telling, relaying_jobs, relaying_events, cleaning_up, doing_jobs)?;
        tracing::info!("the worker has stopped");
        Ok(())
    }
}
