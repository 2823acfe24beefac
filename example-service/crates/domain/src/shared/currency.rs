//! The currencies of the marketplace.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// A currency, by its ISO 4217 code. Each has a hundred minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Currency {
    /// US dollar.
    Usd,
    /// Euro.
    Eur,
    /// Pound sterling.
    Gbp,
    /// Malaysian ringgit.
    Myr,
}

impl Currency {
    /// Every currency.
    pub const ALL: [Self; 4] = [Self::Usd, Self::Eur, Self::Gbp, Self::Myr];

    /// The code, in capitals.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Gbp => "GBP",
            Self::Myr => "MYR",
        }
    }
}

impl FromStr for Currency {
    type Err = CurrencyError;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|currency| currency.code() == code).ok_or(CurrencyError)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}

/// The code is of no currency that the marketplace knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the currency must be one of USD, EUR, GBP and MYR")]
pub struct CurrencyError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for currency in Currency::ALL {
            assert_eq!(currency.to_string().parse(), Ok(currency));
        }
        assert_eq!("usd".parse::<Currency>(), Err(CurrencyError));
    }
}
