//! Changing what one is called and where mail goes.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{Email, EmailError, Username, UsernameError};
use thiserror::Error;

use crate::authorization::{Actor, Refusal};
use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{AccountsUnitOfWorkFactory, RepositoryError, UniqueConstraint};

/// Asks for another name, another address, or both.
#[derive(Clone, Debug)]
pub struct UpdateMe {
    /// Who asks.
    pub actor: Actor,
    /// Another name.
    pub username: Option<String>,
    /// Another address.
    pub email: Option<String>,
}

impl Operation for UpdateMe {
    type Output = ();
    type Error = UpdateMeError;
}

/// Why a profile stays as it is.
#[derive(Debug, Error)]
pub enum UpdateMeError {
    /// The name is none.
    #[error(transparent)]
    Username(#[from] UsernameError),
    /// The address is none.
    #[error(transparent)]
    Email(#[from] EmailError),
    /// Someone else is called so.
    #[error("the username is taken")]
    UsernameTaken,
    /// The address is someone else's.
    #[error("the e-mail address is taken")]
    EmailTaken,
    /// There is no such user any more.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl UpdateMeError {
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

impl Retryable for UpdateMeError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Changes profiles.
pub struct UpdateMeInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    stamps: Stamps,
}

impl UpdateMeInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(work: Arc<dyn AccountsUnitOfWorkFactory>, stamps: Stamps) -> Self {
        Self { work, stamps }
    }
}

#[async_trait]
impl UseCase<UpdateMe> for UpdateMeInteractor {
    async fn execute(&self, operation: UpdateMe) -> Result<(), UpdateMeError> {
        let username = operation.username.as_deref().map(Username::try_new).transpose()?;
        let email = operation.email.as_deref().map(Email::try_new).transpose()?;
        let mut work = self.work.begin().await?;
        let found = work.users().find(operation.actor.user).await?;
        let mut user = found.ok_or(Refusal::NotFound)?;
        if let Some(changed) = user.change_profile(username, email) {
            work.users().update(&user).await.map_err(UpdateMeError::from_store)?;
            work.outbox().append(&self.stamps.message(&changed)).await?;
            work.commit().await.map_err(UpdateMeError::from_store)?;
        }
        Ok(())
    }
}
