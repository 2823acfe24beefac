//! Who hears of events.

use application::ports::{EventPublisher, OutboxMessage, Unavailable};
use async_trait::async_trait;

/// Tells the log. A broker would stand here in a larger system.
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
            attributes = ?message.attributes,
            "event"
        );
        Ok(())
    }
}
