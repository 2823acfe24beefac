//! Who hears of events.

use async_trait::async_trait;

use super::{OutboxMessage, Unavailable};

/// Tells others what has happened, at least once.
#[async_trait]
pub trait EventPublisher: Send + Sync {
    /// Tells it.
    ///
    /// # Errors
    ///
    /// When nobody listens; then it will be told again.
    async fn publish(&self, message: &OutboxMessage) -> Result<(), Unavailable>;
}
