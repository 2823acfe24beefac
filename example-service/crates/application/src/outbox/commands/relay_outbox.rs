//! Telling what has happened.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;
use time::Duration;

use crate::common::{Operation, UseCase};
use crate::ports::{Clock, EventPublisher, OutboxStore, RepositoryError, Unavailable};

/// Asks to tell what has happened and was not told yet.
#[derive(Clone, Copy, Debug)]
pub struct RelayOutbox {
    /// At most so many events.
    pub limit: u32,
}

impl Operation for RelayOutbox {
    type Output = u32;
    type Error = RelayOutboxError;
}

/// Why not everything was told.
#[derive(Debug, Error)]
pub enum RelayOutboxError {
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Tells what has happened, at least once: an event is noted as told after it was.
pub struct RelayOutboxInteractor {
    store: Arc<dyn OutboxStore>,
    publisher: Arc<dyn EventPublisher>,
    clock: Arc<dyn Clock>,
}

impl RelayOutboxInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        store: Arc<dyn OutboxStore>,
        publisher: Arc<dyn EventPublisher>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { store, publisher, clock }
    }

    /// How long others leave alone what this has claimed.
    const LEASE: Duration = Duration::seconds(30);
}

#[async_trait]
impl UseCase<RelayOutbox> for RelayOutboxInteractor {
    async fn execute(&self, operation: RelayOutbox) -> Result<u32, RelayOutboxError> {
        let now = self.clock.now();
        let messages = self.store.claim(operation.limit, now, now + Self::LEASE).await?;
        let mut told = Vec::with_capacity(messages.len());
        let mut outcome = Ok(());
        for message in &messages {
            outcome = self.publisher.publish(message).await;
            if outcome.is_err() {
                break;
            }
            told.push(message.id);
        }
        self.store.acknowledge(&told).await?;
        outcome?;
        Ok(u32::try_from(told.len()).unwrap_or(u32::MAX))
    }
}
