//! Taking a product off sale.

use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::ProductId;
use thiserror::Error;

use crate::authorization::{Actor, CanManageProduct, ProductAccess, Refusal, authorize};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{Cache, CacheKey, CatalogUnitOfWorkFactory, RepositoryError};

/// Asks to take a product off sale.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveProduct {
    /// Who asks.
    pub actor: Actor,
    /// Which product.
    pub product: ProductId,
}

impl Operation for ArchiveProduct {
    type Output = ();
    type Error = ArchiveProductError;
}

/// Why a product stays for sale.
#[derive(Debug, Error)]
pub enum ArchiveProductError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for ArchiveProductError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Takes products off sale, if they are not already.
pub struct ArchiveProductInteractor {
    work: Arc<dyn CatalogUnitOfWorkFactory>,
    cache: Arc<dyn Cache>,
    stamps: Stamps,
}

impl ArchiveProductInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn CatalogUnitOfWorkFactory>,
        cache: Arc<dyn Cache>,
        stamps: Stamps,
    ) -> Self {
        Self { work, cache, stamps }
    }
}

#[async_trait]
impl UseCase<ArchiveProduct> for ArchiveProductInteractor {
    async fn execute(&self, operation: ArchiveProduct) -> Result<(), ArchiveProductError> {
        let ArchiveProduct { actor, product: id } = operation;
        let mut work = self.work.begin().await?;
        let mut product = work.products().find(id).await?.ok_or(Refusal::NotFound)?;
        authorize(&CanManageProduct, &ProductAccess { actor, seller: product.seller() })?;
        if let Some(archived) = product.archive() {
            work.products().update(&product).await?;
            work.outbox().append(&self.stamps.message(&archived)).await?;
            work.commit().await?;
            self.cache.remove(&CacheKey::product(id)).await;
        }
        Ok(())
    }
}
