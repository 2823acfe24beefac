//! Showing what someone has bought.

use std::sync::Arc;

use async_trait::async_trait;
use domain::orders::OrderId;
use thiserror::Error;

use crate::authorization::Actor;
use crate::common::{KeysetPage, Operation, PageLimit, UseCase};
use crate::ports::{OrderReadStore, OrderSummary, RepositoryError};

/// Asks for the orders of who asks.
#[derive(Clone, Copy, Debug)]
pub struct ListMyOrders {
    /// Who asks.
    pub actor: Actor,
    /// Only those after this one.
    pub after: Option<OrderId>,
    /// At most so many.
    pub limit: PageLimit,
}

impl Operation for ListMyOrders {
    type Output = KeysetPage<OrderSummary, OrderId>;
    type Error = ListMyOrdersError;
}

/// Why orders are not shown.
#[derive(Debug, Error)]
pub enum ListMyOrdersError {
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows buyers their orders, the newest first.
pub struct ListMyOrdersQuery {
    orders: Arc<dyn OrderReadStore>,
}

impl ListMyOrdersQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(orders: Arc<dyn OrderReadStore>) -> Self {
        Self { orders }
    }
}

#[async_trait]
impl UseCase<ListMyOrders> for ListMyOrdersQuery {
    async fn execute(
        &self,
        operation: ListMyOrders,
    ) -> Result<KeysetPage<OrderSummary, OrderId>, ListMyOrdersError> {
        let ListMyOrders { actor, after, limit } = operation;
        let reach = KeysetPage::<(), ()>::reach(limit);
        let items = self.orders.list_of_buyer(actor.user, after, reach).await?;
        Ok(KeysetPage::cut(items, limit, |order| order.id))
    }
}
