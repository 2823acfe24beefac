//! What is bought.

pub mod events;

mod order;
mod order_id;
mod order_line;
mod order_state;

pub use order::{Order, OrderError, OrderSnapshot};
pub use order_id::OrderId;
pub use order_line::OrderLine;
pub use order_state::{OrderState, OrderStateError};
