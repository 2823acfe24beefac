//! Tokens that say nothing.

use domain::accounts::TokenDigest;
use domain::shared::SecretText;

/// Makes tokens that nobody can guess: refresh tokens and one-time tokens.
pub trait OpaqueTokens: Send + Sync {
    /// A new token.
    fn generate(&self) -> SecretText;

    /// What is stored of a token: always the same of the same.
    fn digest(&self, token: &SecretText) -> TokenDigest;
}
