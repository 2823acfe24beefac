//! Forgetting what has ended.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError};

/// Asks to forget sessions and tokens that have ended.
#[derive(Clone, Copy, Debug)]
pub struct PurgeExpiredSessions;

/// How much was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purged {
    /// How many sessions.
    pub sessions: u64,
    /// How many one-time tokens.
    pub one_time_tokens: u64,
}

impl Operation for PurgeExpiredSessions {
    type Output = Purged;
    type Error = PurgeExpiredSessionsError;
}

/// Why nothing is forgotten.
#[derive(Debug, Error)]
pub enum PurgeExpiredSessionsError {
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for PurgeExpiredSessionsError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Forgets sessions and tokens that have ended.
pub struct PurgeExpiredSessionsInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl PurgeExpiredSessionsInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<PurgeExpiredSessions> for PurgeExpiredSessionsInteractor {
    async fn execute(
        &self,
        operation: PurgeExpiredSessions,
    ) -> Result<Purged, PurgeExpiredSessionsError> {
        let PurgeExpiredSessions = operation;
        let now = self.stamps.now();
        let mut work = self.work.begin().await?;
        let sessions = work.sessions().purge_ended_before(now).await?;
        let one_time_tokens = work.one_time_tokens().purge_expired_before(now).await?;
        work.commit().await?;
        Ok(Purged { sessions, one_time_tokens })
    }
}
