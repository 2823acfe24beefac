//! Changes to the catalog that happen together or not at all.

use async_trait::async_trait;

use super::{Outbox, ProductRepository, RepositoryError};

/// Changes to the catalog that are seen by nobody until they are committed, and by nobody
/// ever when this is dropped before.
#[async_trait]
pub trait CatalogUnitOfWork: Send {
    /// The products as this unit of work sees them.
    fn products(&mut self) -> Box<dyn ProductRepository + '_>;

    /// Takes events.
    fn outbox(&mut self) -> Box<dyn Outbox + '_>;

    /// Makes the changes visible to everyone.
    ///
    /// # Errors
    ///
    /// [`RepositoryError::Conflict`] when they collide with those of someone else; then
    /// nothing has changed.
    async fn commit(self: Box<Self>) -> Result<(), RepositoryError>;
}

/// Begins units of work on the catalog.
#[async_trait]
pub trait CatalogUnitOfWorkFactory: Send + Sync {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    async fn begin(&self) -> Result<Box<dyn CatalogUnitOfWork>, RepositoryError>;
}
