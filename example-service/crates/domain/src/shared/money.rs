//! Amounts of money.

use std::fmt;

use thiserror::Error;

use super::{Currency, Quantity};

/// An amount of a currency in its minor unit, never below nothing. Amounts of different
/// currencies neither add up nor compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// An amount of `minor` units.
    ///
    /// # Errors
    ///
    /// When it is below nothing.
    pub const fn try_new(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor < 0 { Err(MoneyError::Negative) } else { Ok(Self { minor, currency }) }
    }

    /// Nothing of a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// This amount and `other`.
    ///
    /// # Errors
    ///
    /// When the currencies differ, or the sum is too large to hold.
    pub fn plus(self, other: Self) -> Result<Self, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::DifferentCurrencies {
                one: self.currency,
                other: other.currency,
            });
        }
        self.with(self.minor.checked_add(other.minor))
    }

    /// This amount for each of `quantity`.
    ///
    /// # Errors
    ///
    /// When the product is too large to hold.
    pub fn times(self, quantity: Quantity) -> Result<Self, MoneyError> {
        self.with(self.minor.checked_mul(quantity.get().into()))
    }

    fn with(self, minor: Option<i64>) -> Result<Self, MoneyError> {
        minor.map(|minor| Self { minor, ..self }).ok_or(MoneyError::TooLarge)
    }
}

impl fmt::Display for Money {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{:02} {}", self.minor / 100, self.minor % 100, self.currency)
    }
}

/// Why this is no amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// It is below nothing.
    #[error("an amount of money is at least zero")]
    Negative,
    /// It is too large to hold.
    #[error("the amount of money is too large")]
    TooLarge,
    /// Amounts of these currencies do not add up.
    #[error("{one} and {other} do not add up")]
    DifferentCurrencies {
        /// One of them.
        one: Currency,
        /// The other.
        other: Currency,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn usd(minor: i64) -> Money {
        Money::try_new(minor, Currency::Usd).expect("it is not below nothing")
    }

    #[test]
    fn amounts_show_their_currency() {
        assert_eq!(usd(755).to_string(), "7.55 USD");
        assert_eq!(usd(5).to_string(), "0.05 USD");
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        let two = Quantity::try_new(2).expect("two is a quantity");
        assert_eq!(Money::try_new(-1, Currency::Eur), Err(MoneyError::Negative));
        assert_eq!(usd(i64::MAX).times(two), Err(MoneyError::TooLarge));
        assert_eq!(usd(i64::MAX).plus(usd(1)), Err(MoneyError::TooLarge));
        let mixed = usd(1).plus(Money::zero(Currency::Myr));
        let (one, other) = (Currency::Usd, Currency::Myr);
        assert_eq!(mixed, Err(MoneyError::DifferentCurrencies { one, other }));
    }

    proptest! {
        #[test]
        fn sums_do_not_depend_on_the_order(one in 0..i64::MAX, other in 0..i64::MAX) {
            prop_assert_eq!(usd(one).plus(usd(other)), usd(other).plus(usd(one)));
        }

        #[test]
        fn so_many_are_the_sum_of_each(minor in 0..1_000_000_i64, pieces in 1..50_u32) {
            let quantity = Quantity::try_new(pieces).expect("not none");
            let nothing = Money::zero(Currency::Usd);
            let sum = (0..pieces).try_fold(nothing, |sum, _| sum.plus(usd(minor)));
            prop_assert_eq!(usd(minor).times(quantity), sum);
        }

        #[test]
        fn no_sum_is_below_its_parts(one in 0..i64::MAX, other in 0..i64::MAX) {
            if let Ok(sum) = usd(one).plus(usd(other)) {
                prop_assert!(sum.minor() >= one && sum.minor() >= other);
            }
        }
    }
}
