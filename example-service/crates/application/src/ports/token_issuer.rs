//! How access tokens are made.

use domain::shared::SecretText;

use super::{AccessClaims, Unavailable};

/// Makes access tokens that say what they are told to.
pub trait TokenIssuer: Send + Sync {
    /// A token that says this.
    ///
    /// # Errors
    ///
    /// When it cannot be signed.
    fn issue(&self, claims: &AccessClaims) -> Result<SecretText, Unavailable>;
}
