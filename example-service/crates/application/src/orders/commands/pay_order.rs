//! Paying an order.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use domain::orders::{OrderError, OrderId};

use crate::ports::{RepositoryError, UnitOfWorkFactory};

/// Says that an order has been paid.
#[derive(Clone, Copy, Debug)]
pub struct PayOrder {
    /// The order.
    pub order: OrderId,
}

/// Notes payments.
pub struct PayOrderInteractor {
    work: Arc<dyn UnitOfWorkFactory>,
}

impl PayOrderInteractor {
    /// One that keeps orders by `work`.
    #[must_use]
    pub fn new(work: Arc<dyn UnitOfWorkFactory>) -> Self {
        Self { work }
    }

    /// Notes one payment.
    ///
    /// # Errors
    ///
    /// When there is no such order, it waits for no money, or it cannot be kept.
    pub fn execute(&self, command: PayOrder) -> Result<(), PayOrderError> {
        let mut work = self.work.begin()?;
        let found = work.orders().find(command.order)?;
        let mut order = found.ok_or(PayOrderError::NoSuchOrder)?;
        order.pay()?;
        work.orders().save(order)?;
        work.commit()?;
        Ok(())
    }
}

/// Why a payment was not noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayOrderError {
    /// There is no such order.
    NoSuchOrder,
    /// It cannot be paid.
    Refused(OrderError),
    /// It could not be kept.
    Repository(RepositoryError),
}

impl From<OrderError> for PayOrderError {
    fn from(error: OrderError) -> Self {
        Self::Refused(error)
    }
}

impl From<RepositoryError> for PayOrderError {
    fn from(error: RepositoryError) -> Self {
        Self::Repository(error)
    }
}

impl fmt::Display for PayOrderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchOrder => formatter.write_str("no such order"),
            Self::Refused(error) => error.fmt(formatter),
            Self::Repository(error) => error.fmt(formatter),
        }
    }
}

impl Error for PayOrderError {}
