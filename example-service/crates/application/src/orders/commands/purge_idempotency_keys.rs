//! Forgetting which requests were answered.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;
use time::Duration;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{OrdersUnitOfWorkFactory, RepositoryError};

/// Asks to forget keys that nobody will send again.
#[derive(Clone, Copy, Debug)]
pub struct PurgeIdempotencyKeys;

impl Operation for PurgeIdempotencyKeys {
    type Output = u64;
    type Error = PurgeIdempotencyKeysError;
}

/// Why keys are not forgotten.
#[derive(Debug, Error)]
pub enum PurgeIdempotencyKeysError {
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for PurgeIdempotencyKeysError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Forgets keys that are older than clients try again, and counts them.
pub struct PurgeIdempotencyKeysInteractor {
    work: Arc<dyn OrdersUnitOfWorkFactory>,
    retention: Duration,
    stamps: Stamps,
}

impl PurgeIdempotencyKeysInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn OrdersUnitOfWorkFactory>,
        retention: Duration,
        stamps: Stamps,
    ) -> Self {
        Self { work, retention, stamps }
    }
}

#[async_trait]
impl UseCase<PurgeIdempotencyKeys> for PurgeIdempotencyKeysInteractor {
    async fn execute(
        &self,
        operation: PurgeIdempotencyKeys,
    ) -> Result<u64, PurgeIdempotencyKeysError> {
        let PurgeIdempotencyKeys = operation;
        let mut work = self.work.begin().await?;
        let oldest = self.stamps.now() - self.retention;
        let count = work.idempotency_keys().purge_used_before(oldest).await?;
        work.commit().await?;
        Ok(count)
    }
}
