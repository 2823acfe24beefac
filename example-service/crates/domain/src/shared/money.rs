//! Amounts of money.

use std::error::Error;
use std::fmt;

use super::Quantity;

/// An amount in the minor unit of the one currency this market knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money {
    minor: u64,
}

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self { minor: 0 };

    /// An amount of `minor` units.
    #[must_use]
    pub fn new(minor: u64) -> Self {
        Self { minor }
    }

    /// The amount in minor units.
    #[must_use]
    pub fn minor(self) -> u64 {
        self.minor
    }

    /// This amount and `other`.
    ///
    /// # Errors
    ///
    /// When the sum is too large to hold.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        self.minor.checked_add(other.minor).map(Self::new).ok_or(MoneyError)
    }

    /// This amount for each of `quantity`.
    ///
    /// # Errors
    ///
    /// When the product is too large to hold.
    pub fn times(self, quantity: Quantity) -> Result<Self, MoneyError> {
        self.minor.checked_mul(quantity.get().into()).map(Self::new).ok_or(MoneyError)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02}", self.minor / 100, self.minor % 100)
    }
}

/// An amount is too large to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MoneyError;

impl fmt::Display for MoneyError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the amount is too large")
    }
}

impl Error for MoneyError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_add_up() {
        let three = Quantity::try_new(3).expect("three is a quantity");
        let sum = Money::new(250).times(three).and_then(|each| each.plus(Money::new(5)));
        assert_eq!(sum, Ok(Money::new(755)));
        assert_eq!(Money::new(755).to_string(), "7.55");
    }

    #[test]
    fn an_amount_that_cannot_be_held_is_refused() {
        let two = Quantity::try_new(2).expect("two is a quantity");
        assert_eq!(Money::new(u64::MAX).times(two), Err(MoneyError));
        assert_eq!(Money::new(u64::MAX).plus(Money::new(1)), Err(MoneyError));
    }
}
