//! How mails look.

use super::{Mail, RenderedMail, Unavailable};

/// Puts mails into words.
pub trait MailRenderer: Send + Sync {
    /// The mail in words.
    ///
    /// # Errors
    ///
    /// When its template is broken.
    fn render(&self, mail: &Mail) -> Result<RenderedMail, Unavailable>;
}
