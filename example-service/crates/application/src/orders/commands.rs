//! What changes orders.

mod cancel_order;
mod pay_order;
mod place_order;

pub use cancel_order::{CancelOrder, CancelOrderError, CancelOrderInteractor};
pub use pay_order::{PayOrder, PayOrderError, PayOrderInteractor};
pub use place_order::{PlaceOrder, PlaceOrderError, PlaceOrderInteractor, PlaceOrderLine};
