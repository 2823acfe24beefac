//! Orders and the states they go through.

use std::error::Error;
use std::fmt;

use super::{OrderLine, OrderPlaced};
use crate::shared::{Money, MoneyError};

/// What an order is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OrderId(u64);

impl OrderId {
    /// The id with this number.
    #[must_use]
    pub fn new(number: u64) -> Self {
        Self(number)
    }

    /// Its number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

/// Where an order stands: placed, then paid; or cancelled before it was paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderState {
    /// Waits for money.
    Placed,
    /// Has been paid.
    Paid,
    /// Will not be paid.
    Cancelled,
}

impl fmt::Display for OrderState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Placed => "placed",
            Self::Paid => "paid",
            Self::Cancelled => "cancelled",
        })
    }
}

/// An order.
#[derive(Clone, Debug)]
pub struct Order {
    id: OrderId,
    lines: Vec<OrderLine>,
    total: Money,
    state: OrderState,
}

impl Order {
    /// Places an order of `lines`.
    ///
    /// # Errors
    ///
    /// When there are no lines, or they cost more than can be held.
    pub fn place(id: OrderId, lines: Vec<OrderLine>) -> Result<(Self, OrderPlaced), OrderError> {
        if lines.is_empty() {
            return Err(OrderError::Empty);
        }
        let total = lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.total()?))?;
        let order = Self { id, lines, total, state: OrderState::Placed };
        Ok((order, OrderPlaced { order: id, total }))
    }

    /// What it is known by.
    #[must_use]
    pub fn id(&self) -> OrderId {
        self.id
    }

    /// Its lines.
    #[must_use]
    pub fn lines(&self) -> &[OrderLine] {
        &self.lines
    }

    /// What it costs.
    #[must_use]
    pub fn total(&self) -> Money {
        self.total
    }

    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> OrderState {
        self.state
    }

    /// Notes that it was paid.
    ///
    /// # Errors
    ///
    /// When it does not wait for money.
    pub fn pay(&mut self) -> Result<(), OrderError> {
        self.leave_placed(OrderState::Paid)
    }

    /// Cancels it.
    ///
    /// # Errors
    ///
    /// When it does not wait for money.
    pub fn cancel(&mut self) -> Result<(), OrderError> {
        self.leave_placed(OrderState::Cancelled)
    }

    fn leave_placed(&mut self, to: OrderState) -> Result<(), OrderError> {
        if self.state != OrderState::Placed {
            return Err(OrderError::WrongState { state: self.state });
        }
        self.state = to;
        Ok(())
    }
}

/// Why an order cannot be what it is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderError {
    /// It has no lines.
    Empty,
    /// It costs more than can be held.
    TooExpensive(MoneyError),
    /// Its state does not allow this.
    WrongState {
        /// The state.
        state: OrderState,
    },
}

impl From<MoneyError> for OrderError {
    fn from(error: MoneyError) -> Self {
        Self::TooExpensive(error)
    }
}

impl fmt::Display for OrderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("an order has at least one line"),
            Self::TooExpensive(error) => error.fmt(formatter),
            Self::WrongState { state } => write!(formatter, "the order is {state}"),
        }
    }
}

impl Error for OrderError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::TooExpensive(error) => Some(error),
            Self::Empty | Self::WrongState { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::ProductId;
    use crate::shared::Quantity;

    fn line(pieces: u32, price: u64) -> OrderLine {
        let quantity = Quantity::try_new(pieces).expect("not none");
        OrderLine::new(ProductId::new(1), quantity, Money::new(price))
    }

    #[test]
    fn placing_adds_up_the_lines() {
        let id = OrderId::new(7);
        let (order, placed) = Order::place(id, vec![line(2, 350), line(1, 40)]).expect("it is one");
        assert_eq!(order.total(), Money::new(740));
        assert_eq!(placed, OrderPlaced { order: id, total: Money::new(740) });
        assert_eq!(order.state(), OrderState::Placed);
    }

    #[test]
    fn what_is_no_order_is_refused() {
        let place = |lines| Order::place(OrderId::new(1), lines).err();
        assert_eq!(place(vec![]), Some(OrderError::Empty));
        assert_eq!(place(vec![line(2, u64::MAX)]), Some(OrderError::TooExpensive(MoneyError)));
    }

    #[test]
    fn only_a_placed_order_can_be_paid_or_cancelled() {
        let (mut order, _) = Order::place(OrderId::new(1), vec![line(1, 1)]).expect("it is one");
        assert_eq!(order.pay(), Ok(()));
        let wrong = Err(OrderError::WrongState { state: OrderState::Paid });
        assert_eq!(order.cancel(), wrong);
        assert_eq!(order.pay(), wrong);
        assert_eq!(order.state(), OrderState::Paid);
    }
}
