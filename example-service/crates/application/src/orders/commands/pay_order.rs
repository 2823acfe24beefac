//! Paying an order.

use std::sync::Arc;

use async_trait::async_trait;
use domain::orders::{OrderError, OrderId};
use thiserror::Error;

use crate::authorization::{Actor, CanSeeOrder, IsBuyer, Refusal, authorize_seen};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::orders::common::access_to;
use crate::ports::{OrdersUnitOfWorkFactory, RepositoryError};

/// Says that an order has been paid.
#[derive(Clone, Copy, Debug)]
pub struct PayOrder {
    /// Who asks.
    pub actor: Actor,
    /// Which order.
    pub order: OrderId,
}

impl Operation for PayOrder {
    type Output = ();
    type Error = PayOrderError;
}

/// Why a payment was not noted.
#[derive(Debug, Error)]
pub enum PayOrderError {
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

impl Retryable for PayOrderError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Notes payments of buyers.
pub struct PayOrderInteractor {
    work: Arc<dyn OrdersUnitOfWorkFactory>,
    stamps: Stamps,
}

impl PayOrderInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn OrdersUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<PayOrder> for PayOrderInteractor {
    async fn execute(&self, operation: PayOrder) -> Result<(), PayOrderError> {
        let PayOrder { actor, order: id } = operation;
        let mut work = self.work.begin().await?;
        let mut order = work.orders().find(id).await?.ok_or(Refusal::NotFound)?;
        authorize_seen(&CanSeeOrder, &IsBuyer, &access_to(&order, actor))?;
        let event = order.pay()?;
        work.orders().update(&order).await?;
        work.outbox().append(&self.stamps.message(&event)).await?;
        work.commit().await?;
        Ok(())
    }
}
