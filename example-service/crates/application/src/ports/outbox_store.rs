//! Events that were stored and not told yet.

use async_trait::async_trait;
use time::OffsetDateTime;

use super::{EventId, OutboxMessage, RepositoryError};

/// Hands out messages to those who tell them, each to one at a time.
#[async_trait]
pub trait OutboxStore: Send + Sync {
    /// Up to `limit` messages that nobody has told and nobody else has claimed at `now`,
    /// the oldest first. They are claimed until `lease_until`; who has not acknowledged
    /// them by then is taken for dead.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn claim(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<OutboxMessage>, RepositoryError>;

    /// Notes that messages were told.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn acknowledge(&self, messages: &[EventId]) -> Result<(), RepositoryError>;
}
