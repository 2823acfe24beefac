//! How access tokens are read.

use domain::shared::SecretText;
use time::OffsetDateTime;

use super::{AccessClaims, TokenError};

/// Reads access tokens.
pub trait TokenVerifier: Send + Sync {
    /// What a token says, if it is one of ours and good at `now`.
    ///
    /// # Errors
    ///
    /// When it is not.
    fn verify(&self, token: &SecretText, now: OffsetDateTime) -> Result<AccessClaims, TokenError>;
}
