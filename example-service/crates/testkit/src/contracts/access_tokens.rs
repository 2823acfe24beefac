//! Access tokens.

#![expect(clippy::unused_async, reason = "contracts are waited for, whether they wait or not")]

use std::sync::Arc;

use application::ports::{AccessClaims, TokenError, TokenIssuer, TokenVerifier};
use domain::accounts::{Role, SessionId, UserId};
use domain::shared::SecretText;
use time::Duration;

use crate::builders::{START, fresh_id};

/// Who makes tokens and who reads them.
pub struct AccessTokenPair {
    /// Makes them.
    pub issuer: Arc<dyn TokenIssuer>,
    /// Reads them.
    pub verifier: Arc<dyn TokenVerifier>,
}

fn claims(role: Role) -> AccessClaims {
    AccessClaims {
        user: UserId::new(fresh_id()),
        session: SessionId::new(fresh_id()),
        role,
        issued_at: START,
        expires_at: START + Duration::minutes(15),
    }
}

fn issue(pair: &AccessTokenPair, claims: &AccessClaims) -> SecretText {
    pair.issuer.issue(claims).expect("a token can be issued")
}

/// A token says what it was told to.
pub async fn a_token_says_what_it_was_told(pair: &AccessTokenPair) {
    for role in Role::ALL {
        let claims = claims(role);
        let token = issue(pair, &claims);
        assert_eq!(pair.verifier.verify(&token, START), Ok(claims), "{role}");
    }
}

/// A token is good until it expires, to the second.
pub async fn a_token_expires(pair: &AccessTokenPair) {
    let claims = claims(Role::User);
    let token = issue(pair, &claims);
    let last = claims.expires_at - Duration::SECOND;
    assert_eq!(pair.verifier.verify(&token, last), Ok(claims));
    let outcome = pair.verifier.verify(&token, claims.expires_at);
    assert_eq!(outcome, Err(TokenError::Expired));
}

/// What is none of ours is not valid, and neither is what was changed.
pub async fn forged_tokens_are_not_valid(pair: &AccessTokenPair) {
    let token = issue(pair, &claims(Role::User));
    let text = token.expose();
    let (head, tail) = text.split_at(text.len() / 2);
    let unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIxIn0.";
    for forged in ["", "forged", unsigned, head, &format!("{text}x"), &format!("{head}!{tail}")] {
        let outcome = pair.verifier.verify(&SecretText::new(forged), START);
        assert_eq!(outcome, Err(TokenError::Invalid), "{forged}");
    }
}
