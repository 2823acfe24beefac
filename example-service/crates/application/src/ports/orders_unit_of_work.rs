//! Changes to orders and the stock they take that happen together or not at all.

use async_trait::async_trait;

use super::{
    IdempotencyKeyRepository, OrderRepository, Outbox, ProductRepository, RepositoryError,
};

/// Changes to orders and the stock they take that are seen by nobody until they are
/// committed, and by nobody ever when this is dropped before.
#[async_trait]
pub trait OrdersUnitOfWork: Send {
    /// The orders as this unit of work sees them.
    fn orders(&mut self) -> Box<dyn OrderRepository + '_>;

    /// The products as this unit of work sees them.
    fn products(&mut self) -> Box<dyn ProductRepository + '_>;

    /// The keys as this unit of work sees them.
    fn idempotency_keys(&mut self) -> Box<dyn IdempotencyKeyRepository + '_>;

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

/// Begins units of work on orders and the stock they take.
#[async_trait]
pub trait OrdersUnitOfWorkFactory: Send + Sync {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    async fn begin(&self) -> Result<Box<dyn OrdersUnitOfWork>, RepositoryError>;
}
