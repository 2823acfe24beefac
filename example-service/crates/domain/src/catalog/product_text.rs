//! What sellers write about their products.

use thiserror::Error;

/// What a product is called: one line of 1 to 100 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductName(String);

impl ProductName {
    /// The most characters.
    pub const LONGEST: usize = 100;

    /// Takes `text` as a name, without the blanks around it.
    ///
    /// # Errors
    ///
    /// When it is empty, too long or has control characters.
    pub fn try_new(text: &str) -> Result<Self, ProductTextError> {
        let text = text.trim();
        if !(1..=Self::LONGEST).contains(&text.chars().count()) {
            return Err(ProductTextError::NameLength);
        }
        if text.chars().any(char::is_control) {
            return Err(ProductTextError::NameCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a seller says about a product: at most 2000 characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductDescription(String);

impl ProductDescription {
    /// The most characters.
    pub const LONGEST: usize = 2000;

    /// Takes `text` as a description, without the blanks around it.
    ///
    /// # Errors
    ///
    /// When it is too long or has a character that databases do not store.
    pub fn try_new(text: &str) -> Result<Self, ProductTextError> {
        let text = text.trim();
        if text.chars().count() > Self::LONGEST {
            return Err(ProductTextError::DescriptionLength);
        }
        if text.contains('\0') {
            return Err(ProductTextError::DescriptionCharacter);
        }
        Ok(Self(text.to_owned()))
    }

    /// The description.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a text cannot stand with a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProductTextError {
    /// The name is empty or too long.
    #[error("a product's name has 1 to 100 characters")]
    NameLength,
    /// The name has a control character.
    #[error("a product's name is one line")]
    NameCharacter,
    /// The description is too long.
    #[error("a product's description has at most 2000 characters")]
    DescriptionLength,
    /// The description has a NUL character.
    #[error("a product's description has no NUL characters")]
    DescriptionCharacter,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_short_line() {
        assert_eq!(
            ProductName::try_new(" tea ").map(|name| name.as_str().to_owned()),
            Ok("tea".to_owned())
        );
        assert_eq!(ProductName::try_new("  "), Err(ProductTextError::NameLength));
        assert_eq!(ProductName::try_new(&"t".repeat(101)), Err(ProductTextError::NameLength));
        assert_eq!(ProductName::try_new("green\ntea"), Err(ProductTextError::NameCharacter));
    }

    #[test]
    fn descriptions_may_be_empty_but_not_endless() {
        assert!(ProductDescription::try_new("").is_ok());
        assert!(ProductDescription::try_new("two\nlines").is_ok());
        let long = ProductDescription::try_new(&"t".repeat(2001));
        assert_eq!(long, Err(ProductTextError::DescriptionLength));
        let nul = ProductDescription::try_new("t\0");
        assert_eq!(nul, Err(ProductTextError::DescriptionCharacter));
    }
}
