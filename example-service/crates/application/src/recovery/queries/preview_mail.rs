//! Showing what mails look like.

use std::sync::Arc;

use async_trait::async_trait;
use domain::shared::SecretText;
use thiserror::Error;
use time::Duration;

use crate::authorization::{Actor, IsSuperAdmin, Refusal, authorize};
use crate::common::{Operation, UseCase};
use crate::ports::{
    Clock, Mail, MailRenderer, RenderedMail, RepositoryError, Unavailable, UserDetails,
    UserReadStore,
};

/// Asks for a mail as users would get it, with a token that is good for nothing.
#[derive(Clone, Copy, Debug)]
pub struct PreviewMail {
    /// Who asks.
    pub actor: Actor,
    /// Which mail.
    pub kind: MailKind,
}

/// Which mail to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailKind {
    /// The one that greets.
    Welcome,
    /// The one with a recovery token.
    PasswordRecovery,
}

impl Operation for PreviewMail {
    type Output = RenderedMail;
    type Error = PreviewMailError;
}

/// Why no mail is shown.
#[derive(Debug, Error)]
pub enum PreviewMailError {
    /// The actor may not do this, or is no user any more, to whom the mail could go.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It could not be read.
    #[error(transparent)]
    Repository(#[from] RepositoryError),
    /// Something else that is needed is out of order.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// Shows mails to super admins.
pub struct PreviewMailQuery {
    users: Arc<dyn UserReadStore>,
    renderer: Arc<dyn MailRenderer>,
    clock: Arc<dyn Clock>,
}

impl PreviewMailQuery {
    /// One that is given what it needs.
    #[must_use]
    pub fn new(
        users: Arc<dyn UserReadStore>,
        renderer: Arc<dyn MailRenderer>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { users, renderer, clock }
    }
}

#[async_trait]
impl UseCase<PreviewMail> for PreviewMailQuery {
    async fn execute(&self, operation: PreviewMail) -> Result<RenderedMail, PreviewMailError> {
        authorize(&IsSuperAdmin, &operation.actor)?;
        let found = self.users.find(operation.actor.user).await?;
        let UserDetails { email: to, username, .. } = found.ok_or(Refusal::NotFound)?;
        let mail = match operation.kind {
            MailKind::Welcome => Mail::Welcome { to, username },
            MailKind::PasswordRecovery => Mail::PasswordRecovery {
                to,
                username,
                token: SecretText::new("an-example-of-a-token"),
                expires_at: self.clock.now() + Duration::HOUR,
            },
        };
        Ok(self.renderer.render(&mail)?)
    }
}
