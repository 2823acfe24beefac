//! How passwords are stored.

use async_trait::async_trait;
use domain::accounts::{Password, PasswordHash};
use domain::shared::SecretText;

use super::Unavailable;

/// Makes and reads hashes of passwords. That is slow on purpose, so implementations keep it
/// off the threads that answer requests.
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// The hash of a password.
    ///
    /// # Errors
    ///
    /// When too many wait for theirs.
    async fn hash(&self, password: &Password) -> Result<PasswordHash, Unavailable>;

    /// Whether `hash` is of `password`.
    ///
    /// # Errors
    ///
    /// When the hash cannot be read, or too many wait for theirs.
    async fn verify(&self, password: &SecretText, hash: &PasswordHash)
    -> Result<bool, Unavailable>;

    /// Takes as long as [`PasswordHasher::verify`], for users that do not exist: how long an
    /// answer takes must not tell whether they do.
    ///
    /// # Errors
    ///
    /// When too many wait for theirs.
    async fn verify_dummy(&self, password: &SecretText) -> Result<(), Unavailable>;

    /// Whether `hash` was made in a way that is not the best any more.
    fn needs_rehash(&self, hash: &PasswordHash) -> bool;
}
