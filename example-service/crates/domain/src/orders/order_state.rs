//! Where orders stand.

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// Where an order stands: placed, paid, shipped, delivered; or cancelled instead of paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// It waits for money.
    Placed,
    /// It waits to be shipped.
    Paid,
    /// It is on its way.
    Shipped,
    /// It has arrived.
    Delivered,
    /// It will not be paid.
    Cancelled,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Placed, Self::Paid, Self::Shipped, Self::Delivered, Self::Cancelled];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether an order goes from this state to `next`.
    #[must_use]
    pub const fn leads_to(self, next: Self) -> bool {
        matches!(
            (self, next),
            (Self::Placed, Self::Paid | Self::Cancelled)
                | (Self::Paid, Self::Shipped)
                | (Self::Shipped, Self::Delivered)
        )
    }
}

impl FromStr for OrderState {
    type Err = OrderStateError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|state| state.name() == name).ok_or(OrderStateError)
    }
}

impl fmt::Display for OrderState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// The name is of no state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("an order is placed, paid, shipped, delivered or cancelled")]
pub struct OrderStateError;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for state in OrderState::ALL {
            assert_eq!(state.to_string().parse(), Ok(state));
        }
        assert_eq!("lost".parse::<OrderState>(), Err(OrderStateError));
    }
}
