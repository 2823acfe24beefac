//! What the use cases of orders share.

use domain::orders::Order;

use crate::authorization::{Actor, OrderAccess};

/// An order as `actor` wants to see or change it.
pub(super) fn access_to(order: &Order, actor: Actor) -> OrderAccess {
    OrderAccess { actor, buyer: order.buyer(), sellers: order.sellers() }
}
