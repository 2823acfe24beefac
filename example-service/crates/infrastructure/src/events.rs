//! Who hears of events.

use application::ports::{EventPublisher, OutboxMessage, Unavailable};
use async_trait::async_trait;

/// Tells the log. A broker would stand here in a larger system.
///
/// What an event says of someone, an e-mail address among it, is logged at the level `debug`
/// alone: logs are kept elsewhere, for longer, and read by more people than the database.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogEventPublisher;

#[async_trait]
impl EventPublisher for LogEventPublisher {
    async fn publish(&self, message: &OutboxMessage) -> Result<(), Unavailable> {
        tracing::info!(
            event = message.name,
            id = %message.id,
            subject = %message.subject,
            occurred_at = %message.occurred_at,
            "event"
        );
        tracing::debug!(id = %message.id, attributes = ?message.attributes, "event in full");
        Ok(())
    }
}
