//! Cancelling an order: its lines go back to the stock.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use domain::orders::{OrderError, OrderId};

use crate::ports::{RepositoryError, UnitOfWorkFactory};

/// Asks to cancel an order.
#[derive(Clone, Copy, Debug)]
pub struct CancelOrder {
    /// The order.
    pub order: OrderId,
}

/// Cancels orders.
pub struct CancelOrderInteractor {
    work: Arc<dyn UnitOfWorkFactory>,
}

impl CancelOrderInteractor {
    /// One that keeps orders and products by `work`.
    #[must_use]
    pub fn new(work: Arc<dyn UnitOfWorkFactory>) -> Self {
        Self { work }
    }

    /// Cancels one order and puts its lines back. A product that has gone since is
    /// passed over.
    ///
    /// # Errors
    ///
    /// When there is no such order, it cannot be cancelled, or it cannot be kept.
    pub fn execute(&self, command: CancelOrder) -> Result<(), CancelOrderError> {
        let mut work = self.work.begin()?;
        let found = work.orders().find(command.order)?;
        let mut order = found.ok_or(CancelOrderError::NoSuchOrder)?;
        order.cancel()?;
        for line in order.lines() {
            let mut products = work.products();
            if let Some(mut product) = products.find(line.product())? {
                product.release(line.quantity());
                products.save(product)?;
            }
        }
        work.orders().save(order)?;
        work.commit()?;
        Ok(())
    }
}

/// Why an order was not cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CancelOrderError {
    /// There is no such order.
    NoSuchOrder,
    /// It cannot be cancelled.
    Refused(OrderError),
    /// It could not be kept.
    Repository(RepositoryError),
}

impl From<OrderError> for CancelOrderError {
    fn from(error: OrderError) -> Self {
        Self::Refused(error)
    }
}

impl From<RepositoryError> for CancelOrderError {
    fn from(error: RepositoryError) -> Self {
        Self::Repository(error)
    }
}

impl fmt::Display for CancelOrderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchOrder => formatter.write_str("no such order"),
            Self::Refused(error) => error.fmt(formatter),
            Self::Repository(error) => error.fmt(formatter),
        }
    }
}

impl Error for CancelOrderError {}
