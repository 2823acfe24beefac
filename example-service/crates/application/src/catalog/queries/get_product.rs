//! Showing one product.

use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::ProductId;
use thiserror::Error;

use crate::authorization::Refusal;
use crate::common::{Operation, UseCase};
use crate::ports::{ProductDetails, ProductReadStore, RepositoryError};

/// Asks for a product.
#[derive(Clone, Copy, Debug)]
pub struct GetProduct {
    /// Which product.
    pub product: ProductId,
}

impl Operation for GetProduct {
    type Output = ProductDetails;
    type Error = GetProductError;
}

/// Why a product is not shown.
#[derive(Debug, Error)]
pub enum GetProductError {
    /// There is no such product, or it is not for sale any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows products that are for sale.
pub struct GetProductQuery {
    products: Arc<dyn ProductReadStore>,
}

impl GetProductQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(products: Arc<dyn ProductReadStore>) -> Self {
        Self { products }
    }
}

#[async_trait]
impl UseCase<GetProduct> for GetProductQuery {
    async fn execute(&self, operation: GetProduct) -> Result<ProductDetails, GetProductError> {
        let found = self.products.find(operation.product).await?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}
