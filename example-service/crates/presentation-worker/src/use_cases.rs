//! What a worker does, as the composition root hands it over.

use std::sync::Arc;

use application::accounts::commands::SendWelcomeMail;
use application::catalog::commands::ArchiveProductsOfSeller;
use application::common::UseCase;
use application::jobs::commands::{DispatchPurges, PurgeDoneJobs, RelayJobs};
use application::orders::commands::PurgeIdempotencyKeys;
use application::outbox::commands::RelayOutbox;
use application::recovery::commands::SendRecoveryMail;
use application::reports::commands::BuildOrderReport;
use application::sessions::commands::PurgeExpiredSessions;

/// A use case, whatever it needs.
pub type Run<O> = Arc<dyn UseCase<O>>;

/// Every use case that a worker runs.
#[expect(missing_docs, reason = "each field is the use cases of its name")]
pub struct WorkerUseCases {
    pub jobs: JobUseCases,
    pub relays: RelayUseCases,
    pub schedules: ScheduleUseCases,
}

/// What jobs are about.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct JobUseCases {
    pub send_welcome_mail: Run<SendWelcomeMail>,
    pub send_recovery_mail: Run<SendRecoveryMail>,
    pub build_order_report: Run<BuildOrderReport>,
    pub archive_products_of_seller: Run<ArchiveProductsOfSeller>,
    pub purge_expired_sessions: Run<PurgeExpiredSessions>,
    pub purge_idempotency_keys: Run<PurgeIdempotencyKeys>,
    pub purge_done_jobs: Run<PurgeDoneJobs>,
}

/// What is handed on.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct RelayUseCases {
    pub relay_jobs: Run<RelayJobs>,
    pub relay_outbox: Run<RelayOutbox>,
}

/// What is done by a timetable.
#[expect(missing_docs, reason = "each field is the use case of its name")]
pub struct ScheduleUseCases {
    pub dispatch_purges: Run<DispatchPurges>,
}
