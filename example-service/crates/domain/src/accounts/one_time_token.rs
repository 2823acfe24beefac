//! Tokens that are good for one thing, once.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;
use time::OffsetDateTime;

use super::{TokenDigest, UserId};

/// What a token is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenPurpose {
    /// Setting a new password without knowing the old one.
    PasswordRecovery,
}

impl TokenPurpose {
    /// Its name in stores.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::PasswordRecovery => "password_recovery",
        }
    }
}

impl fmt::Display for TokenPurpose {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name is of no purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a token's purpose is password_recovery")]
pub struct TokenPurposeError;

impl FromStr for TokenPurpose {
    type Err = TokenPurposeError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let purpose = Self::PasswordRecovery;
        if name == purpose.name() { Ok(purpose) } else { Err(TokenPurposeError) }
    }
}

/// A token that was given to a user and not used yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneTimeToken {
    digest: TokenDigest,
    purpose: TokenPurpose,
    user: UserId,
    expires_at: OffsetDateTime,
}

impl OneTimeToken {
    /// A token for `user`.
    #[must_use]
    pub const fn new(
        digest: TokenDigest,
        purpose: TokenPurpose,
        user: UserId,
        expires_at: OffsetDateTime,
    ) -> Self {
        Self { digest, purpose, user, expires_at }
    }

    /// What is stored of it.
    #[must_use]
    pub const fn digest(&self) -> &TokenDigest {
        &self.digest
    }

    /// What it is good for.
    #[must_use]
    pub const fn purpose(&self) -> TokenPurpose {
        self.purpose
    }

    /// Whose it is.
    #[must_use]
    pub const fn user(&self) -> UserId {
        self.user
    }

    /// From when on it is good for nothing.
    #[must_use]
    pub const fn expires_at(&self) -> OffsetDateTime {
        self.expires_at
    }

    /// Whether it is good for `purpose` at `now`.
    #[must_use]
    pub fn is_good_for(&self, purpose: TokenPurpose, now: OffsetDateTime) -> bool {
        self.purpose == purpose && now < self.expires_at
    }
}
