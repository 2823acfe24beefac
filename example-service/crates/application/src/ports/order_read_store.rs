//! Orders as they are shown.

use domain::orders::{OrderId, OrderState};
use domain::shared::{Money, Quantity};

use super::RepositoryError;

/// An order as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSummary {
    /// What it is known by.
    pub id: OrderId,
    /// Where it stands.
    pub state: OrderState,
    /// What it costs.
    pub total: Money,
    /// What was ordered.
    pub lines: Vec<OrderSummaryLine>,
}

/// One line of an order as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderSummaryLine {
    /// What the product is called.
    pub product: String,
    /// How many of it.
    pub quantity: Quantity,
}

/// Finds orders for showing.
pub trait OrderReadStore: Send + Sync {
    /// The order of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn find(&self, id: OrderId) -> Result<Option<OrderSummary>, RepositoryError>;
}
