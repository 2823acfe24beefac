//! Orders.

use std::collections::HashSet;

use thiserror::Error;
use time::OffsetDateTime;

use super::events::{OrderCancelled, OrderDelivered, OrderPaid, OrderPlaced, OrderShipped};
use super::{OrderId, OrderLine, OrderState};
use crate::accounts::UserId;
use crate::catalog::ProductId;
use crate::shared::{Money, MoneyError, Version};

/// An order. Two are the same when their ids are.
#[derive(Clone, Debug)]
pub struct Order {
    id: OrderId,
    buyer: UserId,
    lines: Vec<OrderLine>,
    total: Money,
    state: OrderState,
    placed_at: OffsetDateTime,
    version: Version,
}

/// An order as it is stored.
#[derive(Clone, Debug)]
pub struct OrderSnapshot {
    /// What it is known by.
    pub id: OrderId,
    /// Who placed it.
    pub buyer: UserId,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
    /// What it costs.
    pub total: Money,
    /// Where it stands.
    pub state: OrderState,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// How often it was stored.
    pub version: Version,
}

impl Order {
    /// The most lines of an order.
    pub const MOST_LINES: usize = 100;

    /// Places an order of `lines`.
    ///
    /// # Errors
    ///
    /// When there are no lines or too many, two are of one product, or they do not add up
    /// to one sum.
    pub fn place(
        id: OrderId,
        buyer: UserId,
        lines: Vec<OrderLine>,
        now: OffsetDateTime,
    ) -> Result<(Self, OrderPlaced), OrderError> {
        let (first, others) = lines.split_first().ok_or(OrderError::Empty)?;
        if lines.len() > Self::MOST_LINES {
            return Err(OrderError::TooManyLines);
        }
        let mut products = HashSet::new();
        if let Some(twice) = lines.iter().find(|line| !products.insert(line.product())) {
            return Err(OrderError::ProductTwice { product: twice.product() });
        }
        let total = others.iter().try_fold(first.total()?, |sum, line| sum.plus(line.total()?))?;
        let (state, version) = (OrderState::Placed, Version::FIRST);
        let order = Self { id, buyer, lines, total, state, placed_at: now, version };
        Ok((order, OrderPlaced { order: id, buyer, total }))
    }

    /// An order that was stored.
    #[must_use]
    pub fn rehydrate(snapshot: OrderSnapshot) -> Self {
        let OrderSnapshot { id, buyer, lines, total, state, placed_at, version } = snapshot;
        Self { id, buyer, lines, total, state, placed_at, version }
    }

    /// What is to be stored.
    #[must_use]
    pub fn snapshot(&self) -> OrderSnapshot {
        OrderSnapshot {
            id: self.id,
            buyer: self.buyer,
            lines: self.lines.clone(),
            total: self.total,
            state: self.state,
            placed_at: self.placed_at,
            version: self.version,
        }
    }

    /// What it is known by.
    #[must_use]
    pub fn id(&self) -> OrderId {
        self.id
    }

    /// Who placed it.
    #[must_use]
    pub fn buyer(&self) -> UserId {
        self.buyer
    }

    /// What was ordered.
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

    /// When it was placed.
    #[must_use]
    pub fn placed_at(&self) -> OffsetDateTime {
        self.placed_at
    }

    /// The version that was loaded.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Who sells its lines, each once.
    #[must_use]
    pub fn sellers(&self) -> Vec<UserId> {
        let mut sellers: Vec<UserId> = self.lines.iter().map(OrderLine::seller).collect();
        sellers.sort_unstable();
        sellers.dedup();
        sellers
    }

    /// Notes that it was paid.
    ///
    /// # Errors
    ///
    /// When it does not wait for money.
    pub fn pay(&mut self) -> Result<OrderPaid, OrderError> {
        self.advance(OrderState::Paid)?;
        Ok(OrderPaid { order: self.id })
    }

    /// Sends it on its way.
    ///
    /// # Errors
    ///
    /// When it was not paid, or was sent before.
    pub fn ship(&mut self) -> Result<OrderShipped, OrderError> {
        self.advance(OrderState::Shipped)?;
        Ok(OrderShipped { order: self.id })
    }

    /// Notes that it has arrived.
    ///
    /// # Errors
    ///
    /// When it is not on its way.
    pub fn deliver(&mut self) -> Result<OrderDelivered, OrderError> {
        self.advance(OrderState::Delivered)?;
        Ok(OrderDelivered { order: self.id })
    }

    /// Cancels it. Its lines are to be put back on stock then.
    ///
    /// # Errors
    ///
    /// When it does not wait for money.
    pub fn cancel(&mut self) -> Result<OrderCancelled, OrderError> {
        self.advance(OrderState::Cancelled)?;
        Ok(OrderCancelled { order: self.id })
    }

    fn advance(&mut self, next: OrderState) -> Result<(), OrderError> {
        if !self.state.leads_to(next) {
            return Err(OrderError::WrongState { state: self.state, next });
        }
        self.state = next;
        Ok(())
    }
}

impl PartialEq for Order {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Order {}

/// Why an order is not what it is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum OrderError {
    /// It has no lines.
    #[error("an order has at least one line")]
    Empty,
    /// It has too many lines.
    #[error("an order has at most {most} lines", most = Order::MOST_LINES)]
    TooManyLines,
    /// Two of its lines are of one product.
    #[error("two lines are of the product {product}")]
    ProductTwice {
        /// The product.
        product: ProductId,
    },
    /// Its lines do not add up.
    #[error(transparent)]
    Total(#[from] MoneyError),
    /// Its state does not allow this.
    #[error("the order is {state}, and cannot be {next}")]
    WrongState {
        /// Where it stands.
        state: OrderState,
        /// Where it was asked to go.
        next: OrderState,
    },
}

#[cfg(test)]
mod tests;
