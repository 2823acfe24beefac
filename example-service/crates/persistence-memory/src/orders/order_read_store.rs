//! Shows orders out of memory.

use application::ports::{
    OrderDetails, OrderLineDetails, OrderReadStore, OrderSummary, RepositoryError,
};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::orders::{OrderId, OrderLine, OrderSnapshot};

use crate::store::MemoryStore;

fn line(line: &OrderLine) -> OrderLineDetails {
    OrderLineDetails {
        product: line.product(),
        seller: line.seller(),
        name: line.name().as_str().to_owned(),
        unit_price: line.unit_price(),
        quantity: line.quantity(),
    }
}

fn details(order: &OrderSnapshot) -> OrderDetails {
    OrderDetails {
        id: order.id,
        buyer: order.buyer,
        state: order.state,
        total: order.total,
        placed_at: order.placed_at,
        lines: order.lines.iter().map(line).collect(),
    }
}

fn summary(order: &OrderSnapshot) -> OrderSummary {
    OrderSummary {
        id: order.id,
        state: order.state,
        total: order.total,
        line_count: u32::try_from(order.lines.len()).unwrap_or(u32::MAX),
        placed_at: order.placed_at,
    }
}

#[async_trait]
impl OrderReadStore for MemoryStore {
    async fn find(&self, id: OrderId) -> Result<Option<OrderDetails>, RepositoryError> {
        Ok(self.lock().orders.get(&id).map(details))
    }

    async fn list_of_buyer(
        &self,
        buyer: UserId,
        after: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<OrderSummary>, RepositoryError> {
        let state = self.lock();
        let is_meant = |order: &&OrderSnapshot| {
            order.buyer == buyer && after.is_none_or(|after| order.id < after)
        };
        let meant = state.orders.values().rev().filter(is_meant);
        Ok(meant.take(limit as usize).map(summary).collect())
    }
}
