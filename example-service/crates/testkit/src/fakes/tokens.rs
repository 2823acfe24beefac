//! Access tokens that are remembered instead of signed.

use std::sync::{Mutex, PoisonError};

use application::ports::{AccessClaims, TokenError, TokenIssuer, TokenVerifier, Unavailable};
use domain::shared::SecretText;
use time::OffsetDateTime;

/// Remembers what each token says.
#[derive(Debug, Default)]
pub struct FakeAccessTokens(Mutex<Vec<AccessClaims>>);

impl TokenIssuer for FakeAccessTokens {
    fn issue(&self, claims: &AccessClaims) -> Result<SecretText, Unavailable> {
        let mut issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        issued.push(*claims);
        Ok(SecretText::new(format!("access-{}", issued.len())))
    }
}

impl TokenVerifier for FakeAccessTokens {
    fn verify(&self, token: &SecretText, now: OffsetDateTime) -> Result<AccessClaims, TokenError> {
        let number = token.expose().strip_prefix("access-");
        let index = number.and_then(|number| number.parse::<usize>().ok()?.checked_sub(1));
        let issued = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let claims = index.and_then(|index| issued.get(index)).ok_or(TokenError::Invalid)?;
        if now < claims.expires_at { Ok(*claims) } else { Err(TokenError::Expired) }
    }
}
