//! What is sent to users.

use domain::accounts::{Email, Username};
use domain::shared::SecretText;
use time::OffsetDateTime;

/// A mail by what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// Greets a new user.
    Welcome {
        /// Where it goes.
        to: Email,
        /// Who is greeted.
        username: Username,
    },
    /// Gives someone a token to set a new password with.
    PasswordRecovery {
        /// Where it goes.
        to: Email,
        /// Whose password it is.
        username: Username,
        /// The token.
        token: SecretText,
        /// Until when it is good.
        expires_at: OffsetDateTime,
    },
}

impl Mail {
    /// Where it goes.
    #[must_use]
    pub fn to(&self) -> &Email {
        match self {
            Self::Welcome { to, .. } | Self::PasswordRecovery { to, .. } => to,
        }
    }
}

/// A mail by how it looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedMail {
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// Its HTML.
    pub html: String,
}
