//! What changes the outbox.

mod relay_outbox;

pub use relay_outbox::{RelayOutbox, RelayOutboxError, RelayOutboxInteractor};
