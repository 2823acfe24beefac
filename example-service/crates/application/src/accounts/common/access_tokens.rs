//! How access tokens come about.

use std::sync::Arc;

use domain::accounts::{Role, Session};
use time::{Duration, OffsetDateTime};

use super::AccessToken;
use crate::ports::{AccessClaims, TokenIssuer, Unavailable};

/// Hands out access tokens.
#[derive(Clone)]
pub struct AccessTokens {
    issuer: Arc<dyn TokenIssuer>,
    lifetime: Duration,
}

impl AccessTokens {
    /// Tokens of `issuer` that are good for `lifetime`.
    #[must_use]
    pub fn new(issuer: Arc<dyn TokenIssuer>, lifetime: Duration) -> Self {
        Self { issuer, lifetime }
    }

    /// A token for a session, which is not good for longer than the session lasts.
    ///
    /// # Errors
    ///
    /// When it cannot be signed.
    pub fn issue(
        &self,
        session: &Session,
        role: Role,
        now: OffsetDateTime,
    ) -> Result<AccessToken, Unavailable> {
        let issued_at = now.truncate_to_second();
        let expires_at = (issued_at + self.lifetime).min(session.expires_at().truncate_to_second());
        let (user, session) = (session.user(), session.id());
        let claims = AccessClaims { user, session, role, issued_at, expires_at };
        let token = self.issuer.issue(&claims)?;
        Ok(AccessToken { token, expires_in: expires_at - issued_at })
    }
}
