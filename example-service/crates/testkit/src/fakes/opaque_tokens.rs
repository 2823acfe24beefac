//! Tokens that anyone can guess.

use std::sync::atomic::{AtomicU32, Ordering};

use application::ports::OpaqueTokens;
use domain::accounts::TokenDigest;
use domain::shared::SecretText;

use crate::builders::digest_of;

/// Gives out `token-1`, `token-2` and so on.
#[derive(Debug, Default)]
pub struct NumberedTokens(AtomicU32);

impl OpaqueTokens for NumberedTokens {
    fn generate(&self) -> SecretText {
        SecretText::new(format!("token-{}", self.0.fetch_add(1, Ordering::Relaxed) + 1))
    }

    fn digest(&self, token: &SecretText) -> TokenDigest {
        digest_of(token.expose())
    }
}
