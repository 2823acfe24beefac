//! Passwords that someone chooses.

use thiserror::Error;

use crate::shared::SecretText;

/// A password that is good enough to be chosen: 8 to 128 characters, not all blank.
#[derive(Clone, Debug)]
pub struct Password(SecretText);

impl Password {
    /// The fewest characters.
    pub const SHORTEST: usize = 8;
    /// The most characters: hashing more would be a way to keep the server busy.
    pub const LONGEST: usize = 128;

    /// Takes `text` as a password.
    ///
    /// # Errors
    ///
    /// When it is not good enough.
    pub fn try_new(text: SecretText) -> Result<Self, PasswordError> {
        let length = text.expose().chars().count();
        if !(Self::SHORTEST..=Self::LONGEST).contains(&length) {
            return Err(PasswordError::Length);
        }
        if text.expose().trim().is_empty() {
            return Err(PasswordError::Blank);
        }
        Ok(Self(text))
    }

    /// The password as text.
    #[must_use]
    pub fn text(&self) -> &SecretText {
        &self.0
    }
}

/// Why a password is not good enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PasswordError {
    /// It is too short or too long.
    #[error("a password has 8 to 128 characters")]
    Length,
    /// It is all blank.
    #[error("a password is not all blank")]
    Blank,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(text: &str) -> Result<(), PasswordError> {
        Password::try_new(SecretText::new(text)).map(|_| ())
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(judged("1234567"), Err(PasswordError::Length));
        assert_eq!(judged("12345678"), Ok(()));
        assert_eq!(judged(&"ü".repeat(128)), Ok(()));
        assert_eq!(judged(&"ü".repeat(129)), Err(PasswordError::Length));
        assert_eq!(judged("          "), Err(PasswordError::Blank));
    }

    #[test]
    fn the_debug_form_does_not_show_it() {
        let password = Password::try_new(SecretText::new("correct horse")).expect("good enough");
        assert!(!format!("{password:?}").contains("horse"));
    }
}
