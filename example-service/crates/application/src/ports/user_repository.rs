//! Where users are kept.

use async_trait::async_trait;
use domain::accounts::{Email, User, UserId};

use super::RepositoryError;

/// Keeps users.
#[async_trait]
pub trait UserRepository: Send {
    /// The user of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&mut self, id: UserId) -> Result<Option<User>, RepositoryError>;

    /// The user of this id, whom nobody else changes or removes until this unit of work ends:
    /// who tries waits for that, or gets a `Conflict`. Whoever begins a session holds its user,
    /// so that it does not begin behind the back of someone who ends them all.
    ///
    /// # Errors
    ///
    /// `Conflict`, at the latest when this is committed, when someone else was faster.
    async fn find_held(&mut self, id: UserId) -> Result<Option<User>, RepositoryError>;

    /// The user with this address.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find_by_email(&mut self, email: &Email) -> Result<Option<User>, RepositoryError>;

    /// Whether there is a super admin.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn has_super_admin(&mut self) -> Result<bool, RepositoryError>;

    /// Keeps a new user.
    ///
    /// # Errors
    ///
    /// `Duplicate` of `Id`, `Username` (whatever its case), `Email` or `SuperAdmin`: of `Email`
    /// when the name is taken as well.
    async fn add(&mut self, user: &User) -> Result<(), RepositoryError>;

    /// Keeps what has changed of a user, and counts its version up in the store. A user
    /// that was loaded is updated or deleted once in a unit of work.
    ///
    /// # Errors
    ///
    /// `Conflict` when the store does not hold the version that was loaded; `Duplicate` of
    /// `Username` or `Email`, and of `Email` when both are taken.
    async fn update(&mut self, user: &User) -> Result<(), RepositoryError>;

    /// Removes a user, with the sessions and one-time tokens of that user.
    ///
    /// # Errors
    ///
    /// `Conflict` when the store does not hold the version that was loaded.
    async fn delete(&mut self, user: &User) -> Result<(), RepositoryError>;
}
