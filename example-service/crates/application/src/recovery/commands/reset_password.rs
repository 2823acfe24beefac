//! Coming back in.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{Password, PasswordError, TokenDigest, TokenPurpose, User};
use domain::shared::SecretText;
use thiserror::Error;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, OpaqueTokens, PasswordHasher, RepositoryError,
    Unavailable,
};

/// Asks for a new password by a recovery token.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    /// The token.
    pub token: SecretText,
    /// The password from now on.
    pub new_password: SecretText,
}

impl Operation for ResetPassword {
    type Output = ();
    type Error = ResetPasswordError;
}

/// Why a password stays as it is.
#[derive(Debug, Error)]
pub enum ResetPasswordError {
    /// The token is none of ours, was used or has expired.
    #[error("the recovery token is not valid")]
    InvalidToken,
    /// The password is not good enough.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for ResetPasswordError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Sets passwords by recovery tokens, and ends all sessions of the user.
pub struct ResetPasswordInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    hasher: Arc<dyn PasswordHasher>,
    opaque_tokens: Arc<dyn OpaqueTokens>,
    stamps: Stamps,
}

impl ResetPasswordInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        hasher: Arc<dyn PasswordHasher>,
        opaque_tokens: Arc<dyn OpaqueTokens>,
        stamps: Stamps,
    ) -> Self {
        Self { work, hasher, opaque_tokens, stamps }
    }

    /// Takes a token, and finds the active user whose it was.
    async fn redeem(
        &self,
        work: &mut dyn AccountsUnitOfWork,
        digest: &TokenDigest,
    ) -> Result<User, ResetPasswordError> {
        let found = work.one_time_tokens().take(digest).await?;
        let token = found
            .filter(|token| token.is_good_for(TokenPurpose::PasswordRecovery, self.stamps.now()))
            .ok_or(ResetPasswordError::InvalidToken)?;
        let found = work.users().find(token.user()).await?;
        found.filter(User::is_active).ok_or(ResetPasswordError::InvalidToken)
    }
}

#[async_trait]
impl UseCase<ResetPassword> for ResetPasswordInteractor {
    async fn execute(&self, operation: ResetPassword) -> Result<(), ResetPasswordError> {
        let password = Password::try_new(operation.new_password)?;
        let digest = self.opaque_tokens.digest(&operation.token);
        // Who has made a token up does not keep the hasher busy. Nothing is taken yet: this
        // unit of work is dropped.
        self.redeem(&mut *self.work.begin().await?, &digest).await?;
        let hash = self.hasher.hash(&password).await?;
        let mut work = self.work.begin().await?;
        let mut user = self.redeem(&mut *work, &digest).await?;
        let changed = user.change_password(hash);
        work.users().update(&user).await?;
        work.sessions().revoke_all(user.id(), None, self.stamps.now()).await?;
        work.outbox().append(&self.stamps.message(&changed)).await?;
        work.commit().await?;
        Ok(())
    }
}
