//! Exchanging a refresh token for another.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{SessionError, SessionPolicy, User};
use domain::shared::SecretText;
use thiserror::Error;

use crate::accounts::common::{AccessTokens, TokenPair};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, OpaqueTokens, RepositoryError, Unavailable};

/// Asks for another pair of tokens.
#[derive(Clone, Debug)]
pub struct RefreshSession {
    /// The token that came with the last pair.
    pub refresh_token: SecretText,
}

impl Operation for RefreshSession {
    type Output = TokenPair;
    type Error = RefreshSessionError;
}

/// Why a token is not exchanged.
#[derive(Debug, Error)]
pub enum RefreshSessionError {
    /// It is none of ours, its session has ended, or its user is not active.
    #[error("the refresh token is not valid")]
    InvalidToken,
    /// It was exchanged before: someone has stolen it, or is the thief. The session is ended.
    #[error("the refresh token was used before; the session is ended")]
    TokenReused,
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for RefreshSessionError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Exchanges refresh tokens.
pub struct RefreshSessionInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    opaque_tokens: Arc<dyn OpaqueTokens>,
    access_tokens: AccessTokens,
    policy: SessionPolicy,
    stamps: Stamps,
}

impl RefreshSessionInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        opaque_tokens: Arc<dyn OpaqueTokens>,
        access_tokens: AccessTokens,
        policy: SessionPolicy,
        stamps: Stamps,
    ) -> Self {
        Self { work, opaque_tokens, access_tokens, policy, stamps }
    }
}

#[async_trait]
impl UseCase<RefreshSession> for RefreshSessionInteractor {
    async fn execute(&self, operation: RefreshSession) -> Result<TokenPair, RefreshSessionError> {
        let presented = self.opaque_tokens.digest(&operation.refresh_token);
        let mut work = self.work.begin().await?;
        let found = work.sessions().find_by_refresh(&presented).await?;
        let mut session = found.ok_or(RefreshSessionError::InvalidToken)?;
        let found = work.users().find(session.user()).await?;
        let user = found.filter(User::is_active).ok_or(RefreshSessionError::InvalidToken)?;
        let now = self.stamps.now();
        let refresh_token = self.opaque_tokens.generate();
        let next = self.opaque_tokens.digest(&refresh_token);
        let rotated = session.rotate(&presented, next, now, &self.policy);
        match rotated {
            Ok(()) => {}
            Err(SessionError::Ended) => return Err(RefreshSessionError::InvalidToken),
            Err(SessionError::TokenReused) => {
                work.sessions().update(&session).await?;
                work.commit().await?;
                return Err(RefreshSessionError::TokenReused);
            }
        }
        work.sessions().update(&session).await?;
        let access = self.access_tokens.issue(&session, user.role(), now)?;
        work.commit().await?;
        let session_expires_at = session.expires_at();
        Ok(TokenPair { session: session.id(), access, refresh_token, session_expires_at })
    }
}
