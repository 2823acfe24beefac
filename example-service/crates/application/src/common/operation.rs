//! What all use cases have in common.

use async_trait::async_trait;

/// What can be asked for: a command, which changes something, or a query, which only looks.
pub trait Operation: Send + 'static {
    /// What comes of it.
    type Output: Send;
    /// Why nothing comes of it.
    type Error: Send;
}

/// Does what is asked for. `Arc<dyn UseCase<PlaceOrder>>` is all that the outside needs to
/// place orders.
#[async_trait]
pub trait UseCase<O: Operation>: Send + Sync {
    /// Does it.
    ///
    /// # Errors
    ///
    /// When it cannot be done; then nothing has changed, unless the error says so.
    async fn execute(&self, operation: O) -> Result<O::Output, O::Error>;
}
