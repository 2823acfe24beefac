//! Addresses to which mail is sent.

use std::fmt;

use thiserror::Error;

/// An e-mail address, in lower case. Whether mail arrives there, only sending some tells;
/// what could not be an address of the public Internet is refused.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Email(String);

impl Email {
    /// The most characters of an address.
    pub const LONGEST: usize = 254;
    const LONGEST_LOCAL_PART: usize = 64;
    const LONGEST_LABEL: usize = 63;

    /// Takes `text` as an address, without the blanks around it.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn try_new(text: &str) -> Result<Self, EmailError> {
        let text = text.trim().to_lowercase();
        if text.len() > Self::LONGEST {
            return Err(EmailError::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(EmailError::Malformed)?;
        if is_local_part(local) && is_domain(domain) {
            Ok(Self(text))
        } else {
            Err(EmailError::Malformed)
        }
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_local_part(text: &str) -> bool {
    let is_atom = |atom: &str| !atom.is_empty() && atom.bytes().all(is_atom_byte);
    text.len() <= Email::LONGEST_LOCAL_PART && text.split('.').all(is_atom)
}

fn is_atom_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte)
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=Email::LONGEST_LABEL).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

impl fmt::Display for Email {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Why this is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum EmailError {
    /// It has too many characters.
    #[error("an e-mail address has at most 254 characters")]
    TooLong,
    /// It does not have the form of one.
    #[error("an e-mail address has the form name@example.com")]
    Malformed,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_in_lower_case() {
        let email = Email::try_new(" Alice@Example.COM ").expect("it is an address");
        assert_eq!(email.as_str(), "alice@example.com");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "alice",
            "@",
            "@example.com",
            "alice@",
            "alice@example",
            "a b@example.com",
            "a@b@example.com",
            ".a@example.com",
            "a..b@example.com",
            "a@-example.com",
            "a@example-.com",
            "a@example..com",
            "a@exa_mple.com",
            "a\r\nb@example.com",
        ] {
            assert_eq!(Email::try_new(text), Err(EmailError::Malformed), "{text}");
        }
        let long = format!("{}@example.com", "a".repeat(250));
        assert_eq!(Email::try_new(&long), Err(EmailError::TooLong));
        let local = format!("{}@example.com", "a".repeat(65));
        assert_eq!(Email::try_new(&local), Err(EmailError::Malformed));
    }

    proptest! {
        #[test]
        fn an_address_is_itself(
            local in "[a-zA-Z0-9+_]{1,20}(\\.[a-z0-9]{1,5}){0,2}",
            domain in "[a-z0-9]{1,10}\\.[a-z]{2,5}",
        ) {
            let text = format!("{local}@{domain}");
            let once = Email::try_new(&text).expect("it is an address");
            prop_assert_eq!(Email::try_new(once.as_str()), Ok(once));
        }

        #[test]
        fn no_address_has_blanks_or_control_characters(text in "\\PC{0,20}@\\PC{0,20}") {
            if let Ok(email) = Email::try_new(&text) {
                prop_assert!(email.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }
    }
}
