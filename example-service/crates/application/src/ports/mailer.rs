//! How mails are sent.

use async_trait::async_trait;
use domain::accounts::Email;

use super::{RenderedMail, Unavailable};

/// Sends mails.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Sends one.
    ///
    /// # Errors
    ///
    /// When it was not taken; trying again may help.
    async fn send(&self, to: &Email, mail: &RenderedMail) -> Result<(), Unavailable>;
}
