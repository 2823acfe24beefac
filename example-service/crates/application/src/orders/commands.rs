//! What changes orders.

mod cancel_order;
mod deliver_order;
mod pay_order;
mod place_order;
mod purge_idempotency_keys;
mod ship_order;

pub use cancel_order::{CancelOrder, CancelOrderError, CancelOrderInteractor};
pub use deliver_order::{DeliverOrder, DeliverOrderError, DeliverOrderInteractor};
pub use pay_order::{PayOrder, PayOrderError, PayOrderInteractor};
pub use place_order::{PlaceOrder, PlaceOrderError, PlaceOrderInteractor, PlaceOrderLine};
pub use purge_idempotency_keys::{
    PurgeIdempotencyKeys, PurgeIdempotencyKeysError, PurgeIdempotencyKeysInteractor,
};
pub use ship_order::{ShipOrder, ShipOrderError, ShipOrderInteractor};
