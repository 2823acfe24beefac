//! Making admins.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{Role, UserError, UserId};
use thiserror::Error;

use crate::authorization::{
    Actor, CanManageRole, CanSeeUser, Refusal, RoleManagement, UserManagement, authorize,
    authorize_seen,
};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError};

/// Asks to make a user an admin.
#[derive(Clone, Copy, Debug)]
pub struct GrantAdmin {
    /// Who asks.
    pub actor: Actor,
    /// Which user.
    pub user: UserId,
}

impl Operation for GrantAdmin {
    type Output = ();
    type Error = GrantAdminError;
}

/// Why a user is no admin.
#[derive(Debug, Error)]
pub enum GrantAdminError {
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

impl Retryable for GrantAdminError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Makes users admins, if they are not already.
pub struct GrantAdminInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl GrantAdminInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<GrantAdmin> for GrantAdminInteractor {
    async fn execute(&self, operation: GrantAdmin) -> Result<(), GrantAdminError> {
        let GrantAdmin { actor, user: target } = operation;
        let mut work = self.work.begin().await?;
        let mut user = work.users().find(target).await?.ok_or(Refusal::NotFound)?;
        let management = UserManagement { actor, target, target_role: user.role() };
        authorize_seen(&CanSeeUser, &CanSeeUser, &management)?;
        authorize(&CanManageRole, &RoleManagement { actor, role: Role::Admin })?;
        if let Some(event) = user.grant_admin()? {
            work.users().update(&user).await?;
            work.outbox().append(&self.stamps.message(&event)).await?;
            work.commit().await?;
        }
        Ok(())
    }
}
