//! Letting users in again.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{UserError, UserId};
use thiserror::Error;

use crate::authorization::{
    Actor, CanManageSubordinate, CanSeeUser, Refusal, UserManagement, authorize_seen,
};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError};

/// Asks to let a user log in again.
#[derive(Clone, Copy, Debug)]
pub struct ActivateUser {
    /// Who asks.
    pub actor: Actor,
    /// Which user.
    pub user: UserId,
}

impl Operation for ActivateUser {
    type Output = ();
    type Error = ActivateUserError;
}

/// Why a user stays locked out.
#[derive(Debug, Error)]
pub enum ActivateUserError {
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

impl Retryable for ActivateUserError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Lets users log in again, if they cannot already.
pub struct ActivateUserInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl ActivateUserInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<ActivateUser> for ActivateUserInteractor {
    async fn execute(&self, operation: ActivateUser) -> Result<(), ActivateUserError> {
        let ActivateUser { actor, user: target } = operation;
        let mut work = self.work.begin().await?;
        let mut user = work.users().find(target).await?.ok_or(Refusal::NotFound)?;
        let management = UserManagement { actor, target, target_role: user.role() };
        authorize_seen(&CanSeeUser, &CanManageSubordinate, &management)?;
        if let Some(event) = user.activate()? {
            work.users().update(&user).await?;
            work.outbox().append(&self.stamps.message(&event)).await?;
            work.commit().await?;
        }
        Ok(())
    }
}
