//! Delivering an order.

use std::sync::Arc;

use async_trait::async_trait;
use domain::orders::{OrderError, OrderId};
use thiserror::Error;

use crate::authorization::{
    Actor, AnyOf, CanSeeOrder, IsAdministrator, Refusal, SellsAll, authorize_seen,
};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::orders::common::access_to;
use crate::ports::{OrdersUnitOfWorkFactory, RepositoryError};

/// Says that an order has arrived.
#[derive(Clone, Copy, Debug)]
pub struct DeliverOrder {
    /// Who asks.
    pub actor: Actor,
    /// Which order.
    pub order: OrderId,
}

impl Operation for DeliverOrder {
    type Output = ();
    type Error = DeliverOrderError;
}

/// Why an order was not delivered.
#[derive(Debug, Error)]
pub enum DeliverOrderError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The order's state does not allow this.
    #[error(transparent)]
    WrongState(#[from] OrderError),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for DeliverOrderError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Delivers orders for who sells all of their lines, and for admins.
pub struct DeliverOrderInteractor {
    work: Arc<dyn OrdersUnitOfWorkFactory>,
    stamps: Stamps,
}

impl DeliverOrderInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn OrdersUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<DeliverOrder> for DeliverOrderInteractor {
    async fn execute(&self, operation: DeliverOrder) -> Result<(), DeliverOrderError> {
        let DeliverOrder { actor, order: id } = operation;
        let mut work = self.work.begin().await?;
        let mut order = work.orders().find(id).await?.ok_or(Refusal::NotFound)?;
        authorize_seen(
            &CanSeeOrder,
            &AnyOf(&[&SellsAll, &IsAdministrator]),
            &access_to(&order, actor),
        )?;
        let event = order.deliver()?;
        work.orders().update(&order).await?;
        work.outbox().append(&self.stamps.message(&event)).await?;
        work.commit().await?;
        Ok(())
    }
}
