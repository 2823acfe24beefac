//! Greeting new users.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::UserId;
use thiserror::Error;

use crate::common::{Operation, UseCase};
use crate::ports::{
    JobId, Mail, MailId, MailRenderer, Mailer, RepositoryError, Unavailable, UserReadStore,
};

/// Asks to greet a user.
#[derive(Clone, Copy, Debug)]
pub struct SendWelcomeMail {
    /// The user.
    pub user: UserId,
    /// The job that asks for it.
    pub job: JobId,
}

impl Operation for SendWelcomeMail {
    type Output = ();
    type Error = SendWelcomeMailError;
}

/// Why nobody was greeted.
#[derive(Debug, Error)]
pub enum SendWelcomeMailError {
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Greets users who are still there.
pub struct SendWelcomeMailInteractor {
    users: Arc<dyn UserReadStore>,
    renderer: Arc<dyn MailRenderer>,
    mailer: Arc<dyn Mailer>,
}

impl SendWelcomeMailInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        users: Arc<dyn UserReadStore>,
        renderer: Arc<dyn MailRenderer>,
        mailer: Arc<dyn Mailer>,
    ) -> Self {
        Self { users, renderer, mailer }
    }
}

#[async_trait]
impl UseCase<SendWelcomeMail> for SendWelcomeMailInteractor {
    async fn execute(&self, operation: SendWelcomeMail) -> Result<(), SendWelcomeMailError> {
        let Some(user) = self.users.find(operation.user).await? else {
            return Ok(());
        };
        let mail = Mail::Welcome { to: user.email, username: user.username };
        let id = MailId::of_job(operation.job);
        self.mailer.send(id, mail.to(), &self.renderer.render(&mail)?).await?;
        Ok(())
    }
}
