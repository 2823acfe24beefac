//! Whether what is needed is there.

use async_trait::async_trait;

use super::Unavailable;

/// Something without which no request can be answered: a database, say.
#[async_trait]
pub trait Readiness: Send + Sync {
    /// What it is called in answers about it.
    fn name(&self) -> &'static str;

    /// Asks it for a sign of life, and waits for a second at most.
    ///
    /// # Errors
    ///
    /// When it gives none.
    async fn check(&self) -> Result<(), Unavailable>;
}
