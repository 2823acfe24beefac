//! How many of something.

use std::error::Error;
use std::fmt;
use std::num::NonZeroU32;

/// How many pieces: at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(NonZeroU32);

impl Quantity {
    /// So many pieces.
    ///
    /// # Errors
    ///
    /// When there are none.
    pub fn try_new(pieces: u32) -> Result<Self, QuantityError> {
        NonZeroU32::new(pieces).map(Self).ok_or(QuantityError)
    }

    /// The number of pieces.
    #[must_use]
    pub fn get(self) -> u32 {
        self.0.get()
    }
}

/// None of something is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QuantityError;

impl fmt::Display for QuantityError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a quantity is at least one")
    }
}

impl Error for QuantityError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_is_no_quantity() {
        assert_eq!(Quantity::try_new(0), Err(QuantityError));
        assert_eq!(Quantity::try_new(4).map(Quantity::get), Ok(4));
    }
}
