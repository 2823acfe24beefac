//! Orders as they are shown.

use async_trait::async_trait;
use domain::accounts::UserId;
use domain::catalog::ProductId;
use domain::orders::{OrderId, OrderState};
use domain::shared::{Money, Quantity};
use time::OffsetDateTime;

use super::RepositoryError;

/// An order as it is shown in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderSummary {
    /// What it is known by.
    pub id: OrderId,
    /// Where it stands.
    pub state: OrderState,
    /// What it costs.
    pub total: Money,
    /// How many lines it has.
    pub line_count: u32,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
}

/// An order as it is shown by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDetails {
    /// What it is known by.
    pub id: OrderId,
    /// Who placed it.
    pub buyer: UserId,
    /// Where it stands.
    pub state: OrderState,
    /// What it costs.
    pub total: Money,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// What was ordered, in the order in which it was placed.
    pub lines: Vec<OrderLineDetails>,
}

/// A line of an order as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLineDetails {
    /// The product.
    pub product: ProductId,
    /// Who sells it.
    pub seller: UserId,
    /// What it was called.
    pub name: String,
    /// What one piece cost.
    pub unit_price: Money,
    /// How many of it.
    pub quantity: Quantity,
}

/// Finds orders for showing.
#[async_trait]
pub trait OrderReadStore: Send + Sync {
    /// The order of this id with all its lines, by one statement.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&self, id: OrderId) -> Result<Option<OrderDetails>, RepositoryError>;

    /// At most `limit` orders of a buyer, the largest id first, those after `after` in that
    /// order: ids grow with time.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn list_of_buyer(
        &self,
        buyer: UserId,
        after: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderSummary>, RepositoryError>;
}
