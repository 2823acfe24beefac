//! Use cases about what has happened.

use std::sync::Arc;

use application::outbox::commands::{RelayOutbox, RelayOutboxInteractor};
use presentation_http::Run;

use super::ApplicationScope;

impl ApplicationScope {
    /// Tells what has happened.
    #[must_use]
    pub fn relay_outbox(&self) -> Run<RelayOutbox> {
        Arc::new(RelayOutboxInteractor::new(
            self.stores.outbox.clone(),
            self.events.clone(),
            self.clock.clone(),
        ))
    }
}
