//! Changing a product.

use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::{
    ProductChanges, ProductDescription, ProductId, ProductName, ProductTextError,
};
use domain::shared::Money;
use thiserror::Error;

use crate::authorization::{Actor, CanManageProduct, ProductAccess, Refusal, authorize};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{Cache, CacheKey, CatalogUnitOfWorkFactory, RepositoryError};

/// Asks for changes of a product; the rest stays.
#[derive(Clone, Debug)]
pub struct UpdateProduct {
    /// Who asks.
    pub actor: Actor,
    /// Which product.
    pub product: ProductId,
    /// Another name.
    pub name: Option<String>,
    /// Another description.
    pub description: Option<String>,
    /// Another price.
    pub price: Option<Money>,
    /// Another stock.
    pub stock: Option<u32>,
}

impl Operation for UpdateProduct {
    type Output = ();
    type Error = UpdateProductError;
}

/// Why a product stays as it is.
#[derive(Debug, Error)]
pub enum UpdateProductError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A text cannot stand with a product.
    #[error(transparent)]
    Text(#[from] ProductTextError),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for UpdateProductError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Changes products that are for sale.
pub struct UpdateProductInteractor {
    work: Arc<dyn CatalogUnitOfWorkFactory>,
    cache: Arc<dyn Cache>,
    stamps: Stamps,
}

impl UpdateProductInteractor {
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
impl UseCase<UpdateProduct> for UpdateProductInteractor {
    async fn execute(&self, operation: UpdateProduct) -> Result<(), UpdateProductError> {
        let UpdateProduct { actor, product: id, name, description, price, stock } = operation;
        let name = name.as_deref().map(ProductName::try_new).transpose()?;
        let description = description.as_deref().map(ProductDescription::try_new).transpose()?;
        let mut work = self.work.begin().await?;
        let mut product = work.products().find(id).await?.ok_or(Refusal::NotFound)?;
        authorize(&CanManageProduct, &ProductAccess { actor, seller: product.seller() })?;
        let changes = ProductChanges { name, description, price, stock };
        // What is archived is shown to nobody, so there is nothing to change.
        let updated = product.update(changes).map_err(|_archived| Refusal::NotFound)?;
        work.products().update(&product).await?;
        work.outbox().append(&self.stamps.message(&updated)).await?;
        work.commit().await?;
        self.cache.remove(&CacheKey::product(id)).await;
        Ok(())
    }
}
