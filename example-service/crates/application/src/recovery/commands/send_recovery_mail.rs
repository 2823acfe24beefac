//! Sending a way back in.

use std::sync::Arc;

use async_trait::async_trait;
use domain::accounts::{Email, OneTimeToken, TokenPurpose, User};
use thiserror::Error;
use time::Duration;

use crate::common::{Operation, Retryable, Stamps, UseCase};
use crate::ports::{
    AccountsUnitOfWorkFactory, Mail, MailId, MailRenderer, Mailer, OpaqueTokens, RepositoryError,
    Unavailable,
};

/// Asks to send a recovery token to this address, if it is of an active user.
#[derive(Clone, Debug)]
pub struct SendRecoveryMail {
    /// The address.
    pub email: Email,
}

impl Operation for SendRecoveryMail {
    type Output = ();
    type Error = SendRecoveryMailError;
}

/// Why no token was sent.
#[derive(Debug, Error)]
pub enum SendRecoveryMailError {
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// It could not be kept.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
}

impl Retryable for SendRecoveryMailError {
    fn is_conflict(&self) -> bool {
        matches!(self, Self::Repository(error) if error.is_conflict())
    }
}

/// Makes recovery tokens and sends them. The token exists nowhere but in the mail, and
/// replaces the one before.
pub struct SendRecoveryMailInteractor {
    work: Arc<dyn AccountsUnitOfWorkFactory>,
    opaque_tokens: Arc<dyn OpaqueTokens>,
    renderer: Arc<dyn MailRenderer>,
    mailer: Arc<dyn Mailer>,
    lifetime: Duration,
    stamps: Stamps,
}

impl SendRecoveryMailInteractor {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        work: Arc<dyn AccountsUnitOfWorkFactory>,
        opaque_tokens: Arc<dyn OpaqueTokens>,
        renderer: Arc<dyn MailRenderer>,
        mailer: Arc<dyn Mailer>,
        lifetime: Duration,
        stamps: Stamps,
    ) -> Self {
        Self { work, opaque_tokens, renderer, mailer, lifetime, stamps }
    }
}

#[async_trait]
impl UseCase<SendRecoveryMail> for SendRecoveryMailInteractor {
    async fn execute(&self, operation: SendRecoveryMail) -> Result<(), SendRecoveryMailError> {
        let mut work = self.work.begin().await?;
        let found = work.users().find_by_email(&operation.email).await?;
        let Some(user) = found.filter(User::is_active) else {
            return Ok(());
        };
        let token = self.opaque_tokens.generate();
        let digest = self.opaque_tokens.digest(&token);
        let expires_at = self.stamps.now() + self.lifetime;
        let purpose = TokenPurpose::PasswordRecovery;
        let kept = OneTimeToken::new(digest, purpose, user.id(), expires_at);
        work.one_time_tokens().put(&kept).await?;
        work.commit().await?;
        let (to, username) = (user.email().clone(), user.username().clone());
        let mail = Mail::PasswordRecovery { to, username, token, expires_at };
        // Done again, the job sends another mail: only the token of the last one is good, and
        // who took it for the first one sent twice would throw that token away.
        let id = MailId::new(self.stamps.next_id());
        self.mailer.send(id, mail.to(), &self.renderer.render(&mail)?).await?;
        Ok(())
    }
}
