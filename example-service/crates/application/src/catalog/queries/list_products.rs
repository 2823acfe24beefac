//! Showing products.

use std::sync::Arc;

use async_trait::async_trait;
use domain::catalog::ProductId;
use thiserror::Error;

use crate::common::{KeysetPage, Operation, PageLimit, UseCase};
use crate::ports::{ProductDetails, ProductFilter, ProductReadStore, RepositoryError};

/// Asks for products.
#[derive(Clone, Debug)]
pub struct ListProducts {
    /// Only those with this in their name or description.
    pub search: Option<String>,
    /// Only those after this one.
    pub after: Option<ProductId>,
    /// At most so many.
    pub limit: PageLimit,
}

impl Operation for ListProducts {
    type Output = KeysetPage<ProductDetails, ProductId>;
    type Error = ListProductsError;
}

/// Why products are not shown.
#[derive(Debug, Error)]
pub enum ListProductsError {
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows products that are for sale, the newest first.
pub struct ListProductsQuery {
    products: Arc<dyn ProductReadStore>,
}

impl ListProductsQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(products: Arc<dyn ProductReadStore>) -> Self {
        Self { products }
    }
}

#[async_trait]
impl UseCase<ListProducts> for ListProductsQuery {
    async fn execute(
        &self,
        operation: ListProducts,
    ) -> Result<KeysetPage<ProductDetails, ProductId>, ListProductsError> {
        let ListProducts { search, after, limit } = operation;
        let search = search.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let filter = ProductFilter { search, after, limit: KeysetPage::<(), ()>::reach(limit) };
        let items = self.products.list(&filter).await?;
        Ok(KeysetPage::cut(items, limit, |product| product.id))
    }
}
