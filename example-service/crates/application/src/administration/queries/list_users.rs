//! Showing users.

use std::sync::Arc;

use async_trait::async_trait;
use thiserror::Error;

use crate::authorization::{Actor, IsAdministrator, Refusal, authorize};
use crate::common::{Operation, PageLimit, UseCase};
use crate::ports::{RepositoryError, Sorting, UserDetails, UserFilter, UserReadStore, UserSort};

/// Asks for users.
#[derive(Clone, Copy, Debug)]
pub struct ListUsers {
    /// Who asks.
    pub actor: Actor,
    /// Only those who can log in, or only those who cannot.
    pub is_active: Option<bool>,
    /// By what they are sorted.
    pub sort: UserSort,
    /// In which direction.
    pub sorting: Sorting,
    /// At most so many.
    pub limit: PageLimit,
    /// After so many.
    pub offset: u64,
}

/// Some users out of many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserPage {
    /// The users.
    pub items: Vec<UserDetails>,
    /// How many there are altogether.
    pub total: u64,
    /// At most how many were asked for.
    pub limit: PageLimit,
    /// After how many.
    pub offset: u64,
}

impl Operation for ListUsers {
    type Output = UserPage;
    type Error = ListUsersError;
}

/// Why users are not shown.
#[derive(Debug, Error)]
pub enum ListUsersError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

/// Shows users to admins.
pub struct ListUsersQuery {
    users: Arc<dyn UserReadStore>,
}

impl ListUsersQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(users: Arc<dyn UserReadStore>) -> Self {
        Self { users }
    }
}

#[async_trait]
impl UseCase<ListUsers> for ListUsersQuery {
    async fn execute(&self, operation: ListUsers) -> Result<UserPage, ListUsersError> {
        authorize(&IsAdministrator, &operation.actor)?;
        let ListUsers { is_active, sort, sorting, limit, offset, .. } = operation;
        let filter = UserFilter { is_active, sort, sorting, limit: limit.get(), offset };
        let (items, total) = self.users.list(&filter).await?;
        Ok(UserPage { items, total, limit, offset })
    }
}
