//! Someone who hears of events.

use std::sync::{Mutex, PoisonError};

use application::ports::{EventPublisher, OutboxMessage, Unavailable};
use async_trait::async_trait;

/// Remembers what it was told, and listens to some of it only if asked to.
#[derive(Debug, Default)]
pub struct RecordingPublisher {
    told: Mutex<Vec<OutboxMessage>>,
    deaf_to: Option<&'static str>,
}

impl RecordingPublisher {
    /// One that does not listen to events of this name.
    #[must_use]
    pub fn deaf_to(name: &'static str) -> Self {
        Self { deaf_to: Some(name), ..Self::default() }
    }

    /// The names of what it was told.
    #[must_use]
    pub fn told(&self) -> Vec<String> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.iter().map(|message| message.name.clone()).collect()
    }
}

#[async_trait]
impl EventPublisher for RecordingPublisher {
    async fn publish(&self, message: &OutboxMessage) -> Result<(), Unavailable> {
        if self.deaf_to == Some(message.name.as_str()) {
            return Err(Unavailable::new("nobody listens"));
        }
        self.told.lock().unwrap_or_else(PoisonError::into_inner).push(message.clone());
        Ok(())
    }
}
