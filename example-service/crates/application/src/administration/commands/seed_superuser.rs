//! The first user of all.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::events::UserRegistered;
use domain::accounts::{
    Email, EmailError, Password, PasswordError, Role, User, UserId, Username, UsernameError,
};
use domain::shared::SecretText;
use thiserror::Error;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWorkFactory, PasswordHasher, RepositoryError, Unavailable, UniqueConstraint,
};

/// Asks for a super admin, if there is none yet.
#[derive(Clone, Debug)]
pub struct SeedSuperuser {
    /// What the super admin is called.
    pub username: String,
    /// Where mail reaches the super admin.
    pub email: String,
    /// What the super admin logs in with.
    pub password: SecretText,
}

/// What has come of seeding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedOutcome {
    /// This is the super admin now.
    Seeded(UserId),
    /// There was one before.
    AlreadyThere,
}

impl Operation for SeedSuperuser {
    type Output = SeedOutcome;
    type Error = SeedSuperuserError;
}

/// Why there is no super admin.
#[derive(Debug, Error)]
pub enum SeedSuperuserError {
    /// The name is none.
    #[error(transparent)]
    Username(#[from] UsernameError),
    /// The address is none.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// The password is not good enough.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Someone else is called so.
    #[error("the username is taken")]
    UsernameTaken,
    /// The address is someone else's.
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl SeedSuperuserError {
    fn from_store(error: RepositoryError) -> Self {
        if error.is_duplicate(UniqueConstraint::Username) {
            Self::UsernameTaken
        } else if error.is_duplicate(UniqueConstraint::Email) {
            Self::EmailTaken
        } else {
            Self::Repository(error)
        }
    }
}

impl Retryable for SeedSuperuserError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Makes the first super admin. Of several that start at the same time one does it, and
/// none fails.
pub struct SeedSuperuserInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    hasher: Arc<dyn PasswordHasher>,
    stamps: Stamps,
}

impl SeedSuperuserInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        hasher: Arc<dyn PasswordHasher>,
        stamps: Stamps,
    ) -> Self {
        Self { work, hasher, stamps }
    }

    async fn is_seeded(&self) -> Result<bool, RepositoryError> {
        self.work.begin().await?.users().has_super_admin().await
    }

    async fn add(&self, user: &User, registered: &UserRegistered) -> Result<(), RepositoryError> {
        let mut work = self.work.begin().await?;
        work.users().add(user).await?;
        work.outbox().append(&self.stamps.message(registered)).await?;
        work.commit().await
    }
}

#[async_trait]
impl UseCase<SeedSuperuser> for SeedSuperuserInteractor {
    async fn execute(&self, operation: SeedSuperuser) -> Result<SeedOutcome, SeedSuperuserError> {
        let username = Username::try_new(&operation.username)?;
        let email = Email::try_new(&operation.email)?;
        let password = Password::try_new(operation.password)?;
        if self.is_seeded().await? {
            return Ok(SeedOutcome::AlreadyThere);
        }
        let hash = self.hasher.hash(&password).await?;
        let (id, now) = (UserId::new(self.stamps.next_id()), self.stamps.now());
        let (user, registered) = User::register(id, username, email, hash, Role::SuperAdmin, now);
        match self.add(&user, &registered).await {
            Ok(()) => Ok(SeedOutcome::Seeded(id)),
            Err(RepositoryError::Conflict | RepositoryError::Duplicate { .. })
                if self.is_seeded().await? =>
            {
                Ok(SeedOutcome::AlreadyThere)
            }
            Err(error) => Err(SeedSuperuserError::from_store(error)),
        }
    }
}
