//! Changes that happen together or not at all.

use super::{OrderRepository, ProductRepository, RepositoryError};

/// Changes that are seen by nobody until they are committed, and by nobody ever when
/// this is dropped before.
pub trait UnitOfWork {
    /// The products, as this unit of work sees them.
    fn products(&mut self) -> Box<dyn ProductRepository + '_>;

    /// The orders, as this unit of work sees them.
    fn orders(&mut self) -> Box<dyn OrderRepository + '_>;

    /// Makes the changes visible to everyone.
    ///
    /// # Errors
    ///
    /// [`RepositoryError::Conflict`] when someone else has committed since this began;
    /// then nothing has changed.
    fn commit(self: Box<Self>) -> Result<(), RepositoryError>;
}

/// Begins units of work.
pub trait UnitOfWorkFactory: Send + Sync {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    fn begin(&self) -> Result<Box<dyn UnitOfWork>, RepositoryError>;
}
