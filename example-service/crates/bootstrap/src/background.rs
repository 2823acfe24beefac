//! What goes on beside the requests.

mod outbox_relay;
mod tasks;

pub use outbox_relay::relay_outbox;
pub use tasks::BackgroundTasks;
