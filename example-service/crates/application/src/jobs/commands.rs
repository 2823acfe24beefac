//! What changes queues of jobs.

mod dispatch_purges;
mod purge_done_jobs;
mod relay_jobs;
mod retry_job;

pub use dispatch_purges::{DispatchPurges, DispatchPurgesError, DispatchPurgesInteractor};
pub use purge_done_jobs::{PurgeDoneJobs, PurgeDoneJobsError, PurgeDoneJobsInteractor};
pub use relay_jobs::{RelayJobs, RelayJobsError, RelayJobsInteractor};
pub use retry_job::{RetryJob, RetryJobError, RetryJobInteractor};
