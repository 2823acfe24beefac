//! Telling who asks.

use std::sync::Arc;

use async_trait::async_trait;
use domain::shared::SecretText;
use thiserror::Error;

use crate::authorization::Actor;
use crate::common::{Operation, UseCase};
use crate::ports::{
    ActiveSession, Clock, RepositoryError, SessionReadStore, TokenError, TokenVerifier,
};

/// Asks whose access token this is.
#[derive(Clone, Debug)]
pub struct Authenticate {
    /// The token.
    pub access_token: SecretText,
}

/// Who has sent a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Authenticated {
    /// Who it is, with the role of today, whatever the token says.
    pub actor: Actor,
    /// Whether most of the token's time is over, so that the session is to be renewed.
    pub is_renewal_due: bool,
}

impl Operation for Authenticate {
    type Output = Authenticated;
    type Error = AuthenticateError;
}

/// Why nobody is authenticated.
#[derive(Debug, Error)]
pub enum AuthenticateError {
    /// It is none of ours, or not good any more.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// Its session has ended, or its user is not active.
    #[error("the session has ended")]
    SessionEnded,
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Tells whose access tokens are.
pub struct AuthenticateQuery {
    verifier: Arc<dyn TokenVerifier>,
    sessions: Arc<dyn SessionReadStore>,
    clock: Arc<dyn Clock>,
}

impl AuthenticateQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        verifier: Arc<dyn TokenVerifier>,
        sessions: Arc<dyn SessionReadStore>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { verifier, sessions, clock }
    }
}

#[async_trait]
impl UseCase<Authenticate> for AuthenticateQuery {
    async fn execute(&self, operation: Authenticate) -> Result<Authenticated, AuthenticateError> {
        let now = self.clock.now();
        let claims = self.verifier.verify(&operation.access_token, now)?;
        let found = self.sessions.find_active(claims.session, now).await?;
        let found = found.filter(|session| session.user == claims.user);
        let ActiveSession { user, role, .. } = found.ok_or(AuthenticateError::SessionEnded)?;
        let is_renewal_due = claims.expires_at - now < (claims.expires_at - claims.issued_at) / 2;
        let actor = Actor { user, session: claims.session, role };
        Ok(Authenticated { actor, is_renewal_due })
    }
}
