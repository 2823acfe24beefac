//! Taking everything of a seller off sale.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::UserId;
use thiserror::Error;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{Cache, CacheKey, CatalogUnitOfWorkFactory, RepositoryError};

/// Asks to take everything off sale that a seller has for sale.
#[derive(Clone, Copy, Debug)]
pub struct ArchiveProductsOfSeller {
    /// The seller.
    pub seller: UserId,
}

impl Operation for ArchiveProductsOfSeller {
    type Output = ();
    type Error = ArchiveProductsOfSellerError;
}

/// Why products stay for sale.
#[derive(Debug, Error)]
pub enum ArchiveProductsOfSellerError {
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for ArchiveProductsOfSellerError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Takes everything of a seller off sale, some at a time.
pub struct ArchiveProductsOfSellerInteractor {
    work: Arc<dyn CatalogUnitOfWorkFactory>,
    cache: Arc<dyn Cache>,
    stamps: Stamps,
}

impl ArchiveProductsOfSellerInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn CatalogUnitOfWorkFactory>,
        cache: Arc<dyn Cache>,
        stamps: Stamps,
    ) -> Self {
        Self { work, cache, stamps }
    }

    const AT_A_TIME: u32 = 50;

    /// Archives at most `AT_A_TIME` products; counts them.
    async fn archive_some(&self, seller: UserId) -> Result<u32, RepositoryError> {
        let mut work = self.work.begin().await?;
        let mut products = work.products().find_for_sale_by(seller, Self::AT_A_TIME).await?;
        let mut count = 0;
        for product in &mut products {
            if let Some(archived) = product.archive() {
                work.products().update(product).await?;
                work.outbox().append(&self.stamps.message(&archived)).await?;
                count += 1;
            }
        }
        work.commit().await?;
        for product in &products {
            self.cache.remove(&CacheKey::product(product.id())).await;
        }
        Ok(count)
    }
}

#[async_trait]
impl UseCase<ArchiveProductsOfSeller> for ArchiveProductsOfSellerInteractor {
    async fn execute(
        &self,
        operation: ArchiveProductsOfSeller,
    ) -> Result<(), ArchiveProductsOfSellerError> {
        while self.archive_some(operation.seller).await? == Self::AT_A_TIME {}
        Ok(())
    }
}
