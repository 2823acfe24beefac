//! Showing one order.

use std::sync::Arc;

use domain::orders::OrderId;

use crate::ports::{OrderReadStore, OrderSummary, RepositoryError};

/// Asks for one order.
#[derive(Clone, Copy, Debug)]
pub struct GetOrder {
    /// The order.
    pub order: OrderId,
}

/// Shows orders.
pub struct GetOrderQuery {
    orders: Arc<dyn OrderReadStore>,
}

impl GetOrderQuery {
    /// One that reads from `orders`.
    #[must_use]
    pub fn new(orders: Arc<dyn OrderReadStore>) -> Self {
        Self { orders }
    }

    /// Shows one order, if there is one of that id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    pub fn execute(&self, query: GetOrder) -> Result<Option<OrderSummary>, RepositoryError> {
        self.orders.find(query.order)
    }
}
