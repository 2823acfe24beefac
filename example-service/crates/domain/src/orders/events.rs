//! What has happened to orders.

use super::OrderId;
use crate::shared::Money;

/// An order was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderPlaced {
    /// The order.
    pub order: OrderId,
    /// What it costs.
    pub total: Money,
}
