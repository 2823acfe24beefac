//! Having cleaned up what nobody needs any more.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;
use time::OffsetDateTime;
use uuid::{Builder, Uuid};

use crate::common::{Operation, UseCase};
use crate::ports::{Job, JobDispatcher, JobId, QueuedJob, Unavailable};

/// Asks to clean up.
#[derive(Clone, Copy, Debug)]
pub struct DispatchPurges {
    /// When that was due.
    pub due: OffsetDateTime,
}

impl Operation for DispatchPurges {
    type Output = ();
    type Error = DispatchPurgesError;
}

/// Why nothing is cleaned up.
#[derive(Debug, Error)]
pub enum DispatchPurgesError {
    /// Those who run jobs take none.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Has everything cleaned up by jobs. However many ask for the same time, there is one job of
/// each kind for it.
pub struct DispatchPurgesInteractor {
    dispatcher: Arc<dyn JobDispatcher>,
}

impl DispatchPurgesInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(dispatcher: Arc<dyn JobDispatcher>) -> Self {
        Self { dispatcher }
    }

    /// The jobs with their numbers. A number is never given to another kind, since versions of
    /// the service run side by side while one takes the place of another.
    const PURGES: [(u8, Job); 3] =
        [(1, Job::PurgeExpiredSessions), (2, Job::PurgeIdempotencyKeys), (3, Job::PurgeDoneJobs)];
}

#[async_trait]
impl UseCase<DispatchPurges> for DispatchPurgesInteractor {
    async fn execute(&self, operation: DispatchPurges) -> Result<(), DispatchPurgesError> {
        for (number, job) in Self::PURGES {
            let id = JobId::new(id_of(operation.due, number));
            self.dispatcher.dispatch(&QueuedJob::new(id, &job)).await?;
        }
        Ok(())
    }
}

/// The id of the job of this number that was due then: a UUID of version 7 like that of every
/// job, so that it sorts by time, but with nothing random in it.
fn id_of(due: OffsetDateTime, number: u8) -> Uuid {
    let milliseconds = due.unix_timestamp_nanos() / 1_000_000;
    let milliseconds = u64::try_from(milliseconds).unwrap_or_default();
    Builder::from_unix_timestamp_millis(milliseconds, &[0, 0, 0, 0, 0, 0, 0, 0, 0, number])
        .into_uuid()
}

#[cfg(test)]
mod tests {
    use time::Duration;

    use super::*;

    #[test]
    fn ids_are_those_of_a_time_and_a_number() {
        let due = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
        assert_eq!(id_of(due, 1), id_of(due, 1));
        assert_ne!(id_of(due, 1), id_of(due, 2));
        assert_ne!(id_of(due, 1), id_of(due + Duration::SECOND, 1));
        assert!(id_of(due, 3) < id_of(due + Duration::SECOND, 1));
        assert_eq!(id_of(due, 1).get_version_num(), 7);
    }
}
