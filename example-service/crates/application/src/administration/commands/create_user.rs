//! Making users.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{
    Email, EmailError, Password, PasswordError, Role, User, UserId, Username, UsernameError,
};
use domain::shared::SecretText;
use thiserror::Error;

use crate::authorization::{Actor, CanManageRole, Refusal, RoleManagement, authorize};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWorkFactory, Job, PasswordHasher, RepositoryError, Unavailable, UniqueConstraint,
};

/// Asks for a new user.
#[derive(Clone, Debug)]
pub struct CreateUser {
    /// Who asks.
    pub actor: Actor,
    /// What the user is called.
    pub username: String,
    /// Where mail reaches the user.
    pub email: String,
    /// What the user logs in with.
    pub password: SecretText,
    /// What the user may do.
    pub role: Role,
}

impl Operation for CreateUser {
    type Output = UserId;
    type Error = CreateUserError;
}

/// Why there is no new user.
#[derive(Debug, Error)]
pub enum CreateUserError {
    /// The actor may not do this.
    #[error(transparent)]
    Refused(#[from] Refusal),
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

impl CreateUserError {
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

impl Retryable for CreateUserError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Makes users with a role below that of who makes them.
pub struct CreateUserInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    hasher: Arc<dyn PasswordHasher>,
    stamps: Stamps,
}

impl CreateUserInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        hasher: Arc<dyn PasswordHasher>,
        stamps: Stamps,
    ) -> Self {
        Self { work, hasher, stamps }
    }
}

#[async_trait]
impl UseCase<CreateUser> for CreateUserInteractor {
    async fn execute(&self, operation: CreateUser) -> Result<UserId, CreateUserError> {
        let CreateUser { actor, username, email, password, role } = operation;
        authorize(&CanManageRole, &RoleManagement { actor, role })?;
        let username = Username::try_new(&username)?;
        let email = Email::try_new(&email)?;
        let hash = self.hasher.hash(&Password::try_new(password)?).await?;
        let (id, now) = (UserId::new(self.stamps.next_id()), self.stamps.now());
        let (user, registered) = User::register(id, username, email, hash, role, now);
        let mut work = self.work.begin().await?;
        work.users().add(&user).await.map_err(CreateUserError::from_store)?;
        work.outbox().append(&self.stamps.message(&registered)).await?;
        let job = Job::SendWelcomeMail { user: id };
        work.jobs().enqueue(self.stamps.next_job(), &job).await?;
        work.commit().await.map_err(CreateUserError::from_store)?;
        Ok(id)
    }
}
