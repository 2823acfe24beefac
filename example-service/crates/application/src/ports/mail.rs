//! What is sent to users.

use std::fmt;

use domain::accounts::{Email, Username};
use domain::shared::SecretText;
use time::OffsetDateTime;
use uuid::Uuid;

use super::JobId;

/// What a mail is known by, so that who gets it twice can tell. Two mails that say different
/// things have different ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct MailId(Uuid);

impl MailId {
    /// The id of this value.
    #[must_use]
    pub const fn new(value: Uuid) -> Self {
        Self(value)
    }

    /// The id of a mail that says the same however often its job is done.
    #[must_use]
    pub const fn of_job(job: JobId) -> Self {
        Self(job.get())
    }

    /// Its value.
    #[must_use]
    pub const fn get(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for MailId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

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
