//! The names by which users call themselves.

use std::fmt;

use thiserror::Error;

/// The name by which a user is called: 5 to 20 of `A-Z a-z 0-9 . _ -`, that begins and
/// ends with a letter or digit and has no two of `. _ -` in a row.
///
/// It keeps the case in which it was chosen; two names that differ in nothing else are
/// one name, so stores compare [`Username::folded`].
#[derive(Clone, Debug)]
pub struct Username(String);

impl Username {
    /// The fewest characters.
    pub const SHORTEST: usize = 5;
    /// The most characters.
    pub const LONGEST: usize = 20;

    /// Takes `text` as a name.
    ///
    /// # Errors
    ///
    /// When it breaks one of the rules for names.
    pub fn try_new(text: &str) -> Result<Self, UsernameError> {
        if !(Self::SHORTEST..=Self::LONGEST).contains(&text.chars().count()) {
            return Err(UsernameError::Length);
        }
        let bytes = text.as_bytes();
        if !bytes.iter().all(|&byte| byte.is_ascii_alphanumeric() || is_special(byte)) {
            return Err(UsernameError::Character);
        }
        if [bytes.first(), bytes.last()].into_iter().flatten().any(|&byte| is_special(byte)) {
            return Err(UsernameError::End);
        }
        if bytes.windows(2).any(|pair| pair.iter().all(|&byte| is_special(byte))) {
            return Err(UsernameError::SpecialsInARow);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name as it was chosen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name in lower case, by which names are compared.
    #[must_use]
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl PartialEq for Username {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Username {}

impl fmt::Display for Username {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'.' | b'_' | b'-')
}

/// Why this is no name for a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum UsernameError {
    /// It is too short or too long.
    #[error("a username has 5 to 20 characters")]
    Length,
    /// It has a character that names do not have.
    #[error("a username has only the characters A-Z, a-z, 0-9, '.', '_' and '-'")]
    Character,
    /// It begins or ends with a special character.
    #[error("a username begins and ends with a letter or digit")]
    End,
    /// It has two special characters next to each other.
    #[error("a username has no two of '.', '_' and '-' in a row")]
    SpecialsInARow,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_rules_for_names() {
        for (text, expected) in [
            ("alice", Ok(())),
            ("a.b-c_d", Ok(())),
            ("ABCDEFGHIJ0123456789", Ok(())),
            ("abcd", Err(UsernameError::Length)),
            ("ABCDEFGHIJ01234567890", Err(UsernameError::Length)),
            ("", Err(UsernameError::Length)),
            ("ali ce", Err(UsernameError::Character)),
            ("alicé", Err(UsernameError::Character)),
            (".alice", Err(UsernameError::End)),
            ("alice-", Err(UsernameError::End)),
            ("al.-ice", Err(UsernameError::SpecialsInARow)),
        ] {
            assert_eq!(Username::try_new(text).map(|_| ()), expected, "{text}");
        }
    }

    #[test]
    fn case_is_kept_but_makes_no_difference() {
        let name = Username::try_new("Alice").expect("it is a name");
        assert_eq!(name.as_str(), "Alice");
        assert_eq!(Ok(name), Username::try_new("aLICE"));
    }

    proptest! {
        #[test]
        fn what_follows_the_rules_is_a_name(
            text in "[A-Za-z0-9]{2}([._-][A-Za-z0-9]{1,2}){1,5}[a-z]",
        ) {
            prop_assume!((5..=20).contains(&text.len()));
            prop_assert_eq!(Username::try_new(&text).map(|name| name.to_string()), Ok(text));
        }

        #[test]
        fn no_text_is_too_odd_to_be_judged(text in "\\PC{0,30}") {
            if let Ok(name) = Username::try_new(&text) {
                prop_assert!(name.as_str().is_ascii());
                prop_assert_eq!(name.as_str(), text);
            }
        }
    }
}
