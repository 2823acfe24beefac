//! Changing one's own password.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{Password, PasswordError, TokenPurpose};
use domain::shared::SecretText;
use thiserror::Error;

use crate::authorization::{Actor, Refusal};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWorkFactory, PasswordHasher, RepositoryError, Unavailable, UserReadStore,
};

/// Asks for another password.
#[derive(Clone, Debug)]
pub struct ChangeMyPassword {
    /// Who asks.
    pub actor: Actor,
    /// The password until now.
    pub current_password: SecretText,
    /// The password from now on.
    pub new_password: SecretText,
}

impl Operation for ChangeMyPassword {
    type Output = ();
    type Error = ChangeMyPasswordError;
}

/// Why a password stays as it is.
#[derive(Debug, Error)]
pub enum ChangeMyPasswordError {
    /// The current password is another.
    #[error("the current password is wrong")]
    WrongPassword,
    /// The password is not good enough.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// There is no such user any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for ChangeMyPasswordError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Changes passwords, and ends the user's other sessions.
pub struct ChangeMyPasswordInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    users: Arc<dyn UserReadStore>,
    hasher: Arc<dyn PasswordHasher>,
    stamps: Stamps,
}

impl ChangeMyPasswordInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        users: Arc<dyn UserReadStore>,
        hasher: Arc<dyn PasswordHasher>,
        stamps: Stamps,
    ) -> Self {
        Self { work, users, hasher, stamps }
    }
}

#[async_trait]
impl UseCase<ChangeMyPassword> for ChangeMyPasswordInteractor {
    async fn execute(&self, operation: ChangeMyPassword) -> Result<(), ChangeMyPasswordError> {
        let ChangeMyPassword { actor, current_password, new_password } = operation;
        let new_password = Password::try_new(new_password)?;
        let found = self.users.find_credentials_of(actor.user).await?;
        let credentials = found.ok_or(Refusal::NotFound)?;
        if !self.hasher.verify(&current_password, &credentials.password_hash).await? {
            return Err(ChangeMyPasswordError::WrongPassword);
        }
        let hash = self.hasher.hash(&new_password).await?;
        let mut work = self.work.begin().await?;
        let mut user = work.users().find(actor.user).await?.ok_or(Refusal::NotFound)?;
        if *user.password_hash() != credentials.password_hash {
            // The password was changed while this one was verified.
            return Err(RepositoryError::Conflict.into());
        }
        let changed = user.change_password(hash);
        work.users().update(&user).await?;
        let now = self.stamps.now();
        work.sessions().revoke_all(user.id(), Some(actor.session), now).await?;
        work.one_time_tokens().remove_all(user.id(), TokenPurpose::PasswordRecovery).await?;
        work.outbox().append(&self.stamps.message(&changed)).await?;
        work.commit().await?;
        Ok(())
    }
}
