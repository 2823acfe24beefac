//! Where products are kept.

use async_trait::async_trait;
use domain::accounts::UserId;
use domain::catalog::{Product, ProductId};

use super::RepositoryError;

/// Keeps products.
#[async_trait]
pub trait ProductRepository: Send {
    /// The product of this id, archived or not.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&mut self, id: ProductId) -> Result<Option<Product>, RepositoryError>;

    /// Those of these products that there are, archived or not, in the order of their ids:
    /// stores lock in that order, so that two orders of the same products cannot wait for
    /// each other.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find_all(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, RepositoryError>;

    /// What a seller has for sale, not archived, at most `limit` of it.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find_for_sale_by(
        &mut self,
        seller: UserId,
        limit: u32,
    ) -> Result<Vec<Product>, RepositoryError>;

    /// Keeps a new product.
    ///
    /// # Errors
    ///
    /// `Duplicate` of `Id`.
    async fn add(&mut self, product: &Product) -> Result<(), RepositoryError>;

    /// Keeps what has changed of a product, and counts its version up in the store. A
    /// product that was loaded is updated once in a unit of work.
    ///
    /// # Errors
    ///
    /// `Conflict` when the store does not hold the version that was loaded.
    async fn update(&mut self, product: &Product) -> Result<(), RepositoryError>;

    /// Keeps the stock of several products, and counts their versions up in the store: all at
    /// once, however many there are. Nothing else that may have changed of them is kept.
    ///
    /// # Errors
    ///
    /// `Conflict` when the store does not hold the version that was loaded of one of them.
    async fn update_stock(&mut self, products: &[Product]) -> Result<(), RepositoryError>;
}
