//! Setting the password of a subordinate.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{Password, PasswordError, TokenPurpose, UserId};
use domain::shared::SecretText;
use thiserror::Error;

use crate::authorization::{
    Actor, CanManageSubordinate, CanSeeUser, Refusal, UserManagement, authorize_seen,
};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWorkFactory, PasswordHasher, RepositoryError, Unavailable, UserReadStore,
};

/// Asks for another password for a user.
#[derive(Clone, Debug)]
pub struct SetPassword {
    /// Who asks.
    pub actor: Actor,
    /// Which user.
    pub user: UserId,
    /// The password from now on.
    pub new_password: SecretText,
}

impl Operation for SetPassword {
    type Output = ();
    type Error = SetPasswordError;
}

/// Why a password stays as it is.
#[derive(Debug, Error)]
pub enum SetPasswordError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
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

impl Retryable for SetPasswordError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Sets passwords of subordinates, and ends all their sessions.
pub struct SetPasswordInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    users: Arc<dyn UserReadStore>,
    hasher: Arc<dyn PasswordHasher>,
    stamps: Stamps,
}

impl SetPasswordInteractor {
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
impl UseCase<SetPassword> for SetPasswordInteractor {
    async fn execute(&self, operation: SetPassword) -> Result<(), SetPasswordError> {
        let SetPassword { actor, user: target, new_password } = operation;
        // Who may not do this does not keep the hasher busy either.
        let seen = self.users.find(target).await?.ok_or(Refusal::NotFound)?;
        let management = UserManagement { actor, target, target_role: seen.role };
        authorize_seen(&CanSeeUser, &CanManageSubordinate, &management)?;
        let hash = self.hasher.hash(&Password::try_new(new_password)?).await?;
        let mut work = self.work.begin().await?;
        let mut user = work.users().find(target).await?.ok_or(Refusal::NotFound)?;
        let management = UserManagement { actor, target, target_role: user.role() };
        authorize_seen(&CanSeeUser, &CanManageSubordinate, &management)?;
        let changed = user.change_password(hash);
        work.users().update(&user).await?;
        work.sessions().revoke_all(target, None, self.stamps.now()).await?;
        work.one_time_tokens().remove_all(target, TokenPurpose::PasswordRecovery).await?;
        work.outbox().append(&self.stamps.message(&changed)).await?;
        work.commit().await?;
        Ok(())
    }
}
