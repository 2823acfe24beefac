//! Users as they are shown.

use async_trait::async_trait;
use domain::accounts::{Email, PasswordHash, Role, UserId, Username};
use time::OffsetDateTime;

use super::RepositoryError;

/// A user as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDetails {
    /// What the user is known by.
    pub id: UserId,
    /// What the user is called.
    pub username: Username,
    /// Where mail reaches the user.
    pub email: Email,
    /// What the user may do.
    pub role: Role,
    /// Whether the user can log in.
    pub is_active: bool,
    /// Since when there is this user.
    pub created_at: OffsetDateTime,
}

/// By what users are sorted. Ties are broken by the id, in the same direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UserSort {
    /// Since when there are these users.
    CreatedAt,
    /// What they are called, whatever the case.
    Username,
    /// Where mail reaches them.
    Email,
}

/// In which direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sorting {
    /// The smallest first.
    Ascending,
    /// The largest first.
    Descending,
}

/// Which users are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserFilter {
    /// Only those who can log in, or only those who cannot.
    pub is_active: Option<bool>,
    /// By what they are sorted.
    pub sort: UserSort,
    /// In which direction.
    pub sorting: Sorting,
    /// At most so many.
    pub limit: u32,
    /// After so many.
    pub offset: u64,
}

/// By what a user logs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Login {
    /// By the name, whatever its case.
    Username(Username),
    /// By the address.
    Email(Email),
}

/// What is needed to tell whether a password is that of a user.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The user.
    pub user: UserId,
    /// What is stored of the password.
    pub password_hash: PasswordHash,
}

/// Finds users for showing.
#[async_trait]
pub trait UserReadStore: Send + Sync {
    /// The user of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&self, id: UserId) -> Result<Option<UserDetails>, RepositoryError>;

    /// The credentials of the user who logs in by this. Hashing is slow, so passwords are
    /// verified outside of a unit of work.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find_credentials(&self, login: &Login)
    -> Result<Option<Credentials>, RepositoryError>;

    /// The credentials of the user of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find_credentials_of(
        &self,
        user: UserId,
    ) -> Result<Option<Credentials>, RepositoryError>;

    /// Users that pass the filter, and how many there are without limit and offset.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn list(&self, filter: &UserFilter) -> Result<(Vec<UserDetails>, u64), RepositoryError>;
}
