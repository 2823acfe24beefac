//! Where products are kept.

use domain::catalog::{Product, ProductId};

use super::RepositoryError;

/// Keeps products.
pub trait ProductRepository {
    /// The product of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    fn find(&self, id: ProductId) -> Result<Option<Product>, RepositoryError>;

    /// Keeps `product`, in the place of the one that had its id.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    fn save(&mut self, product: Product) -> Result<(), RepositoryError>;
}
