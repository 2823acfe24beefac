//! Orders as they are shown.

use application::ports::{OrderReadStore, OrderSummary, OrderSummaryLine, RepositoryError};
use domain::orders::OrderId;

use crate::MemoryStore;

impl OrderReadStore for MemoryStore {
    fn find(&self, id: OrderId) -> Result<Option<OrderSummary>, RepositoryError> {
        let tables = self.lock()?;
        let Some(order) = tables.orders.get(&id) else { return Ok(None) };
        let lines = order.lines().iter().map(|line| {
            let product = tables.products.get(&line.product());
            OrderSummaryLine {
                product: product.map_or_else(String::new, |product| product.name().to_owned()),
                quantity: line.quantity(),
            }
        });
        Ok(Some(OrderSummary {
            id,
            state: order.state(),
            total: order.total(),
            lines: lines.collect(),
        }))
    }
}
