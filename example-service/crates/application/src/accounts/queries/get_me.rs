//! Showing users themselves.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::authorization::{Actor, Refusal};
use crate::common::{Operation, UseCase};
use crate::ports::{RepositoryError, UserDetails, UserReadStore};

/// Asks for the user who asks.
#[derive(Clone, Copy, Debug)]
pub struct GetMe {
    /// Who asks.
    pub actor: Actor,
}

impl Operation for GetMe {
    type Output = UserDetails;
    type Error = GetMeError;
}

/// Why a user is not shown.
#[derive(Debug, Error)]
pub enum GetMeError {
    /// There is no such user any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows users themselves.
pub struct GetMeQuery {
    users: Arc<dyn UserReadStore>,
}

impl GetMeQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(users: Arc<dyn UserReadStore>) -> Self {
        Self { users }
    }
}

#[async_trait]
impl UseCase<GetMe> for GetMeQuery {
    async fn execute(&self, operation: GetMe) -> Result<UserDetails, GetMeError> {
        let found = self.users.find(operation.actor.user).await?;
        Ok(found.ok_or(Refusal::NotFound)?)
    }
}
