//! Showing one user.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::UserId;
use thiserror::Error;

use crate::authorization::{Actor, CanSeeUser, Refusal, UserManagement, authorize_seen};
use crate::common::{Operation, UseCase};
use crate::ports::{RepositoryError, UserDetails, UserReadStore};

/// Asks for a user.
#[derive(Clone, Copy, Debug)]
pub struct GetUser {
    /// Who asks.
    pub actor: Actor,
    /// Which user.
    pub user: UserId,
}

impl Operation for GetUser {
    type Output = UserDetails;
    type Error = GetUserError;
}

/// Why a user is not shown.
#[derive(Debug, Error)]
pub enum GetUserError {
    /// There is no such user, as far as the actor is to know.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows users to themselves and to admins.
pub struct GetUserQuery {
    users: Arc<dyn UserReadStore>,
}

impl GetUserQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(users: Arc<dyn UserReadStore>) -> Self {
        Self { users }
    }
}

#[async_trait]
impl UseCase<GetUser> for GetUserQuery {
    async fn execute(&self, operation: GetUser) -> Result<UserDetails, GetUserError> {
        let GetUser { actor, user: target } = operation;
        let user = self.users.find(target).await?.ok_or(Refusal::NotFound)?;
        let management = UserManagement { actor, target, target_role: user.role };
        authorize_seen(&CanSeeUser, &CanSeeUser, &management)?;
        Ok(user)
    }
}
