//! Locking users out.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{UserError, UserId};
use thiserror::Error;

use crate::authorization::{
    Actor, CanManageSubordinate, CanSeeUser, Refusal, UserManagement, authorize_seen,
};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError};

/// Asks to let a user log in no more.
#[derive(Clone, Copy, Debug)]
pub struct DeactivateUser {
    /// Who asks.
    pub actor: Actor,
    /// Which user.
    pub user: UserId,
}

impl Operation for DeactivateUser {
    type Output = ();
    type Error = DeactivateUserError;
}

/// Why a user is not locked out.
#[derive(Debug, Error)]
pub enum DeactivateUserError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A super admin stays as it is.
    #[error(transparent)]
    Unchangeable(#[from] UserError),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for DeactivateUserError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Locks users out and ends all their sessions, together or not at all.
pub struct DeactivateUserInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl DeactivateUserInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<DeactivateUser> for DeactivateUserInteractor {
    async fn execute(&self, operation: DeactivateUser) -> Result<(), DeactivateUserError> {
        let DeactivateUser { actor, user: target } = operation;
        let mut work = self.work.begin().await?;
        let mut user = work.users().find(target).await?.ok_or(Refusal::NotFound)?;
        let management = UserManagement { actor, target, target_role: user.role() };
        authorize_seen(&CanSeeUser, &CanManageSubordinate, &management)?;
        if let Some(event) = user.deactivate()? {
            work.users().update(&user).await?;
            work.sessions().revoke_all(target, None, self.stamps.now()).await?;
            work.outbox().append(&self.stamps.message(&event)).await?;
            work.commit().await?;
        }
        Ok(())
    }
}
