//! Events that are told to others once what they tell of has been stored.

use async_trait::async_trait;

use super::{OutboxMessage, RepositoryError};

/// Takes events into a unit of work: they are told to others if it is committed, and
/// never if it is not.
#[async_trait]
pub trait Outbox: Send {
    /// Keeps a message until it is told.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn append(&mut self, message: &OutboxMessage) -> Result<(), RepositoryError>;
}
