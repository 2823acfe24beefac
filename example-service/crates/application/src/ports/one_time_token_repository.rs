//! Where one-time tokens are kept.

use async_trait::async_trait;
use domain::accounts::{OneTimeToken, TokenDigest, TokenPurpose, UserId};
use time::OffsetDateTime;

use super::RepositoryError;

/// Keeps one-time tokens until they are used.
#[async_trait]
pub trait OneTimeTokenRepository: Send {
    /// Keeps a token, in the place of those that its user had for the same purpose.
    ///
    /// # Errors
    ///
    /// `Conflict` when the user is gone.
    async fn put(&mut self, token: &OneTimeToken) -> Result<(), RepositoryError>;

    /// Gives a token away: of several that ask for it at the same time, one gets it.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn take(&mut self, digest: &TokenDigest)
    -> Result<Option<OneTimeToken>, RepositoryError>;

    /// Forgets a user's tokens for a purpose.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn remove_all(
        &mut self,
        user: UserId,
        purpose: TokenPurpose,
    ) -> Result<(), RepositoryError>;

    /// Forgets tokens that expired before this time; counts them.
    ///
    /// # Errors
    ///
    /// When the store cannot be written.
    async fn purge_expired_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError>;
}
