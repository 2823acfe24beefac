//! Signing up.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{
    Email, EmailError, Password, PasswordError, Role, User, UserId, Username, UsernameError,
};
use domain::shared::SecretText;
use thiserror::Error;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWorkFactory, Job, PasswordHasher, RepositoryError, Unavailable, UniqueConstraint,
};

/// Asks to become a user.
#[derive(Clone, Debug)]
pub struct SignUp {
    /// What the user wants to be called.
    pub username: String,
    /// Where mail reaches the user.
    pub email: String,
    /// What the user wants to log in with.
    pub password: SecretText,
}

impl Operation for SignUp {
    type Output = UserId;
    type Error = SignUpError;
}

/// Why nobody has become a user.
#[derive(Debug, Error)]
pub enum SignUpError {
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

impl SignUpError {
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

impl Retryable for SignUpError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Makes users of those who sign up.
pub struct SignUpInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    hasher: Arc<dyn PasswordHasher>,
    stamps: Stamps,
}

impl SignUpInteractor {
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
impl UseCase<SignUp> for SignUpInteractor {
    async fn execute(&self, operation: SignUp) -> Result<UserId, SignUpError> {
        let username = Username::try_new(&operation.username)?;
        let email = Email::try_new(&operation.email)?;
        let password = Password::try_new(operation.password)?;
        // Hashing takes long, so it happens before anything is locked.
        let hash = self.hasher.hash(&password).await?;
        let (id, now) = (UserId::new(self.stamps.next_id()), self.stamps.now());
        let (user, registered) = User::register(id, username, email, hash, Role::User, now);
        let mut work = self.work.begin().await?;
        work.users().add(&user).await.map_err(SignUpError::from_store)?;
        work.outbox().append(&self.stamps.message(&registered)).await?;
        let job = Job::SendWelcomeMail { user: id };
        work.jobs().enqueue(self.stamps.next_job(), &job).await?;
        work.commit().await.map_err(SignUpError::from_store)?;
        Ok(id)
    }
}
