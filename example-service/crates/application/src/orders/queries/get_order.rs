//! Showing one order.

use std::sync::Arc;

use async_trait::async_trait;
use domain::orders::OrderId;
use thiserror::Error;

use crate::authorization::{Actor, CanSeeOrder, OrderAccess, Refusal, authorize_seen};
use crate::common::{Operation, UseCase};
use crate::ports::{OrderDetails, OrderReadStore, RepositoryError};

/// Asks for an order.
#[derive(Clone, Copy, Debug)]
pub struct GetOrder {
    /// Who asks.
    pub actor: Actor,
    /// Which order.
    pub order: OrderId,
}

impl Operation for GetOrder {
    type Output = OrderDetails;
    type Error = GetOrderError;
}

/// Why an order is not shown.
#[derive(Debug, Error)]
pub enum GetOrderError {
    /// There is no such order, as far as the actor is to know.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows orders to those who have to do with them, and to admins.
pub struct GetOrderQuery {
    orders: Arc<dyn OrderReadStore>,
}

impl GetOrderQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(orders: Arc<dyn OrderReadStore>) -> Self {
        Self { orders }
    }
}

#[async_trait]
impl UseCase<GetOrder> for GetOrderQuery {
    async fn execute(&self, operation: GetOrder) -> Result<OrderDetails, GetOrderError> {
        let found = self.orders.find(operation.order).await?;
        let order = found.ok_or(Refusal::NotFound)?;
        let sellers = order.lines.iter().map(|line| line.seller).collect();
        let access = OrderAccess { actor: operation.actor, buyer: order.buyer, sellers };
        authorize_seen(&CanSeeOrder, &CanSeeOrder, &access)?;
        Ok(order)
    }
}
