//! Putting a product up for sale.

use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::{Product, ProductDescription, ProductId, ProductName, ProductTextError};
use domain::shared::Money;
use thiserror::Error;

use crate::authorization::Actor;
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{CatalogUnitOfWorkFactory, RepositoryError};

/// Asks for a new product.
#[derive(Clone, Debug)]
pub struct CreateProduct {
    /// Who sells it.
    pub actor: Actor,
    /// What it is called.
    pub name: String,
    /// What the seller says about it.
    pub description: String,
    /// What one piece costs.
    pub price: Money,
    /// How many pieces there are.
    pub stock: u32,
}

impl Operation for CreateProduct {
    type Output = ProductId;
    type Error = CreateProductError;
}

/// Why a product is not for sale.
#[derive(Debug, Error)]
pub enum CreateProductError {
    /// A text cannot stand with a product.
    #[error(transparent)]
    Text(#[from] ProductTextError),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for CreateProductError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Puts products up for sale.
pub struct CreateProductInteractor {
    work: Arc<dyn CatalogUnitOfWorkFactory>,
    stamps: Stamps,
}

impl CreateProductInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn CatalogUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<CreateProduct> for CreateProductInteractor {
    async fn execute(&self, operation: CreateProduct) -> Result<ProductId, CreateProductError> {
        let CreateProduct { actor, name, description, price, stock } = operation;
        let name = ProductName::try_new(&name)?;
        let description = ProductDescription::try_new(&description)?;
        let (id, now) = (ProductId::new(self.stamps.next_id()), self.stamps.now());
        let (product, created) =
            Product::create(id, actor.user, name, description, price, stock, now);
        let mut work = self.work.begin().await?;
        work.products().add(&product).await?;
        work.outbox().append(&self.stamps.message(&created)).await?;
        work.commit().await?;
        Ok(id)
    }
}
