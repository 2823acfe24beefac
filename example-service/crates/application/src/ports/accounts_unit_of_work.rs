//! Changes to accounts that happen together or not at all.

use async_trait::async_trait;

use super::{
    JobQueue, OneTimeTokenRepository, Outbox, RepositoryError, SessionRepository, UserRepository,
};

/// Changes to accounts that are seen by nobody until they are committed, and by nobody
/// ever when this is dropped before.
#[async_trait]
pub trait AccountsUnitOfWork: Send {
    /// The users as this unit of work sees them.
    fn users(&mut self) -> Box<dyn UserRepository + '_>;

    /// The sessions as this unit of work sees them.
    fn sessions(&mut self) -> Box<dyn SessionRepository + '_>;

    /// The one-time tokens as this unit of work sees them.
    fn one_time_tokens(&mut self) -> Box<dyn OneTimeTokenRepository + '_>;

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

/// Begins units of work on accounts.
#[async_trait]
pub trait AccountsUnitOfWorkFactory: Send + Sync {
    /// Begins one.
    ///
    /// # Errors
    ///
    /// When the store cannot be reached.
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError>;
}
