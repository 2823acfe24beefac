//! Keeping a session that is in use.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{SessionError, SessionPolicy};
use thiserror::Error;

use crate::accounts::common::{AccessToken, AccessTokens};
use crate::authorization::Actor;
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError, Unavailable};

/// Asks for an access token in the place of one that will expire soon.
#[derive(Clone, Copy, Debug)]
pub struct RenewSession {
    /// Who uses the session.
    pub actor: Actor,
}

impl Operation for RenewSession {
    type Output = AccessToken;
    type Error = RenewSessionError;
}

/// Why a session is not renewed.
#[derive(Debug, Error)]
pub enum RenewSessionError {
    /// It has ended.
    #[error(transparent)]
    Ended(#[from] SessionError),
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for RenewSessionError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Renews sessions that are in use.
pub struct RenewSessionInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    access_tokens: AccessTokens,
    policy: SessionPolicy,
    stamps: Stamps,
}

impl RenewSessionInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        access_tokens: AccessTokens,
        policy: SessionPolicy,
        stamps: Stamps,
    ) -> Self {
        Self { work, access_tokens, policy, stamps }
    }
}

#[async_trait]
impl UseCase<RenewSession> for RenewSessionInteractor {
    async fn execute(&self, operation: RenewSession) -> Result<AccessToken, RenewSessionError> {
        let actor = operation.actor;
        let now = self.stamps.now();
        let mut work = self.work.begin().await?;
        let found = work.sessions().find(actor.session).await?;
        let found = found.filter(|session| session.user() == actor.user);
        let mut session = found.ok_or(SessionError::Ended)?;
        session.renew(now, &self.policy)?;
        work.sessions().update(&session).await?;
        let access = self.access_tokens.issue(&session, actor.role, now)?;
        work.commit().await?;
        Ok(access)
    }
}
