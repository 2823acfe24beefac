//! How many of something.

use std::num::NonZeroU32;

use thiserror::Error;

/// How many pieces: at least one, at most [`Quantity::MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(NonZeroU32);

impl Quantity {
    /// The most pieces that one line can ask for.
    pub const MAX: u32 = 1_000_000;

    /// So many pieces.
    ///
    /// # Errors
    ///
    /// When there are none, or more than [`Quantity::MAX`].
    pub fn try_new(pieces: u32) -> Result<Self, QuantityError> {
        let pieces = NonZeroU32::new(pieces).filter(|pieces| pieces.get() <= Self::MAX);
        pieces.map(Self).ok_or(QuantityError)
    }

    /// The number of pieces.
    #[must_use]
    pub const fn get(self) -> u32 {
        self.0.get()
    }
}

/// So many is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a quantity is a number from 1 to {max}", max = Quantity::MAX)]
pub struct QuantityError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn none_and_too_many_are_no_quantities() {
        assert_eq!(Quantity::try_new(0), Err(QuantityError));
        assert_eq!(Quantity::try_new(Quantity::MAX + 1), Err(QuantityError));
        assert_eq!(Quantity::try_new(1).map(Quantity::get), Ok(1));
        assert_eq!(Quantity::try_new(Quantity::MAX).map(Quantity::get), Ok(Quantity::MAX));
    }
}
