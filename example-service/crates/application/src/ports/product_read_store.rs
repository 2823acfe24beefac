//! Products as they are shown.

use async_trait::async_trait;
use domain::accounts::UserId;
use domain::catalog::ProductId;
use domain::shared::Money;
use time::OffsetDateTime;

use super::RepositoryError;

/// A product as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDetails {
    /// What it is known by.
    pub id: ProductId,
    /// Who sells it.
    pub seller: UserId,
    /// What it is called.
    pub name: String,
    /// What the seller says about it.
    pub description: String,
    /// What one piece costs.
    pub price: Money,
    /// How many pieces can be ordered.
    pub stock: u32,
    /// Since when there is this product.
    pub created_at: OffsetDateTime,
}

/// Which products are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFilter {
    /// Only those with this in their name or description, whatever the case of ASCII
    /// letters. `%` and `_` stand for themselves.
    pub search: Option<String>,
    /// Only those after this one in the list, which need not be there any more.
    pub after: Option<ProductId>,
    /// At most so many.
    pub limit: u32,
}

/// Finds products for showing, but none that are archived.
#[async_trait]
pub trait ProductReadStore: Send + Sync {
    /// The product of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&self, id: ProductId) -> Result<Option<ProductDetails>, RepositoryError>;

    /// Products that pass the filter, the largest id first: ids grow with time.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn list(&self, filter: &ProductFilter) -> Result<Vec<ProductDetails>, RepositoryError>;
}
