//! Cancelling an order: its lines go back on stock.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::ProductId;
use domain::orders::{OrderError, OrderId};
use domain::shared::Quantity;
use thiserror::Error;

use crate::authorization::{Actor, CanSeeOrder, IsBuyer, Refusal, authorize_seen};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::orders::common::access_to;
use crate::ports::{Cache, CacheKey, OrdersUnitOfWorkFactory, RepositoryError};

/// Asks to cancel an order.
#[derive(Clone, Copy, Debug)]
pub struct CancelOrder {
    /// Who asks.
    pub actor: Actor,
    /// Which order.
    pub order: OrderId,
}

impl Operation for CancelOrder {
    type Output = ();
    type Error = CancelOrderError;
}

/// Why an order was not cancelled.
#[derive(Debug, Error)]
pub enum CancelOrderError {
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

impl Retryable for CancelOrderError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Cancels orders for their buyers.
pub struct CancelOrderInteractor {
    work: Arc<dyn OrdersUnitOfWorkFactory>,
    cache: Arc<dyn Cache>,
    stamps: Stamps,
}

impl CancelOrderInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn OrdersUnitOfWorkFactory>,
        cache: Arc<dyn Cache>,
        stamps: Stamps,
    ) -> Self {
        Self { work, cache, stamps }
    }
}

#[async_trait]
impl UseCase<CancelOrder> for CancelOrderInteractor {
    async fn execute(&self, operation: CancelOrder) -> Result<(), CancelOrderError> {
        let CancelOrder { actor, order: id } = operation;
        let mut work = self.work.begin().await?;
        let mut order = work.orders().find(id).await?.ok_or(Refusal::NotFound)?;
        authorize_seen(&CanSeeOrder, &IsBuyer, &access_to(&order, actor))?;
        let cancelled = order.cancel()?;
        let lines: BTreeMap<ProductId, Quantity> =
            order.lines().iter().map(|line| (line.product(), line.quantity())).collect();
        let ids: Vec<ProductId> = lines.keys().copied().collect();
        let mut products = work.products().find_all(&ids).await?;
        for product in &mut products {
            if let Some(quantity) = lines.get(&product.id()) {
                product.release(*quantity);
            }
        }
        work.products().update_stock(&products).await?;
        work.orders().update(&order).await?;
        work.outbox().append(&self.stamps.message(&cancelled)).await?;
        work.commit().await?;
        for id in ids {
            self.cache.remove(&CacheKey::product(id)).await;
        }
        Ok(())
    }
}
