//! How mails are sent.

use async_trait::async_trait;
use domain::accounts::Email;

use super::{MailId, RenderedMail, Unavailable};

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one, with its id.
    ///
    /// # Errors
    ///
    /// When it may not have been taken; trying again, with the same id, may help.
    async fn send(&self, id: MailId, to: &Email, mail: &RenderedMail) -> Result<(), Unavailable>;
}
