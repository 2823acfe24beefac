//! What has been ordered.

mod events;
mod order;
mod order_line;

pub use events::OrderPlaced;
pub use order::{Order, OrderError, OrderId, OrderState};
pub use order_line::OrderLine;
