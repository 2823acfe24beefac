//! Doing jobs.

use std::error::Error;

use application::accounts::commands::SendWelcomeMail;
use application::catalog::commands::ArchiveProductsOfSeller;
use application::common::{Operation, UseCase};
use application::jobs::commands::PurgeDoneJobs;
use application::orders::commands::PurgeIdempotencyKeys;
use application::ports::{Job, JobFailure, JobHandler, QueuedJob};
use application::recovery::commands::SendRecoveryMail;
use application::reports::commands::BuildOrderReport;
use application::sessions::commands::PurgeExpiredSessions;
use async_trait::async_trait;

use crate::use_cases::JobUseCases;

/// Makes a command of each job.
pub(crate) struct JobConsumer {
    use_cases: JobUseCases,
}

impl JobConsumer {
    pub(crate) fn new(use_cases: JobUseCases) -> Self {
        Self { use_cases }
    }
}

#[async_trait]
impl JobHandler for JobConsumer {
    async fn handle(&self, job: &QueuedJob) -> Result<(), JobFailure> {
        let it = &self.use_cases;
        // A job of a kind that another version knows is tried again like any other, and gets
        // to a worker of that version.
        match job.job().map_err(|error| failure(&error))? {
            Job::SendWelcomeMail { user } => {
                run(&*it.send_welcome_mail, SendWelcomeMail { user, job: job.id }).await
            }
            Job::SendRecoveryMail { email } => {
                run(&*it.send_recovery_mail, SendRecoveryMail { email }).await
            }
            Job::BuildOrderReport { report } => {
                run(&*it.build_order_report, BuildOrderReport { report }).await
            }
            Job::ArchiveProductsOfSeller { seller } => {
                run(&*it.archive_products_of_seller, ArchiveProductsOfSeller { seller }).await
            }
            Job::PurgeExpiredSessions => {
                run(&*it.purge_expired_sessions, PurgeExpiredSessions).await
            }
            Job::PurgeIdempotencyKeys => {
                run(&*it.purge_idempotency_keys, PurgeIdempotencyKeys).await
            }
            Job::PurgeDoneJobs => run(&*it.purge_done_jobs, PurgeDoneJobs).await,
        }
    }
}

async fn run<O>(use_case: &dyn UseCase<O>, operation: O) -> Result<(), JobFailure>
where
    O: Operation<Error: Error + 'static>,
{
    use_case.execute(operation).await.map(|_| ()).map_err(|error| failure(&error))
}

/// What went wrong, with all that led to it: super admins look for it here.
fn failure(error: &(dyn Error + 'static)) -> JobFailure {
    let mut words = Vec::new();
    let mut cause = Some(error);
    while let Some(error) = cause {
        words.push(error.to_string());
        cause = error.source();
    }
    // Errors that stand for another say the same as it.
    words.dedup();
    JobFailure(words.join(": "))
}
