//! Changes to reports that happen together or not at all.

use async_trait::async_trait;

use super::{JobQueue, Outbox, ReportRepository, RepositoryError};

/// Changes to reports that are seen by nobody until they are committed, and by nobody
/// ever when this is dropped before.
#[async_trait]
pub trait ReportsUnitOfWork: Send {
    /// The reports as this unit of work sees them.
    fn reports(&mut self) -> Box<dyn ReportRepository + '_>;

    /// Takes events.
    fn outbox(&mut self) -> Box<dyn Outbox + '_>;

    /// Takes jobs.
    fn jobs(&mut self) -> Box<dyn JobQueue + '_>;

    /// Makes the changes visible to everyone.
    ///
    /// # Errors
    ///
    /// [`RepositoryError::Conflict`] when they collide with those of someone else; then
    /// nothing has changed.
    async fn commit(self: Box<Self>) -> Result<(), RepositoryError>;
}

/// Begins units of work on reports.
#[async_trait]
pub trait ReportsUnitOfWorkFactory: Send + Sync {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    async fn begin(&self) -> Result<Box<dyn ReportsUnitOfWork>, RepositoryError>;
}
