//! Values that must not be seen.

use std::fmt;

use domain::shared::SecretText;
use serde::{Deserialize, Deserializer};

/// A password or token in a request, which is never printed.
#[derive(Clone)]
pub(crate) struct Secret(SecretText);

impl Secret {
    pub(crate) fn into_text(self) -> SecretText {
        self.0
    }

    pub(crate) fn text(&self) -> &SecretText {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(SecretText::new(text)))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret(…)")
    }
}
