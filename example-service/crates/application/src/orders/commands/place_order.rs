//! Placing an order: the stock is taken and the order kept together, or neither.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use domain::catalog::{ProductError, ProductId};
use domain::orders::{Order, OrderError, OrderId, OrderLine, OrderPlaced};
use domain::shared::Quantity;

use crate::ports::{IdGenerator, RepositoryError, UnitOfWorkFactory};

/// Asks for products.
#[derive(Clone, Debug)]
pub struct PlaceOrder {
    /// What is asked for.
    pub lines: Vec<PlaceOrderLine>,
}

/// Asks for so many of one product.
#[derive(Clone, Copy, Debug)]
pub struct PlaceOrderLine {
    /// The product.
    pub product: ProductId,
    /// How many of it.
    pub quantity: Quantity,
}

/// Places orders.
pub struct PlaceOrderInteractor {
    work: Arc<dyn UnitOfWorkFactory>,
    ids: Arc<dyn IdGenerator>,
}

impl PlaceOrderInteractor {
    /// One that keeps orders by `work`.
    #[must_use]
    pub fn new(work: Arc<dyn UnitOfWorkFactory>, ids: Arc<dyn IdGenerator>) -> Self {
        Self { work, ids }
    }

    /// Places one order and takes its lines from the stock.
    ///
    /// # Errors
    ///
    /// When a product is missing or out of stock, this is no order, or it cannot be
    /// kept; then the stock is as it was.
    pub fn execute(&self, command: &PlaceOrder) -> Result<OrderPlaced, PlaceOrderError> {
        let mut work = self.work.begin()?;
        let mut lines = Vec::with_capacity(command.lines.len());
        for line in &command.lines {
            let mut products = work.products();
            let mut product = products
                .find(line.product)?
                .ok_or(PlaceOrderError::NoSuchProduct { product: line.product })?;
            product.reserve(line.quantity)?;
            lines.push(OrderLine::new(product.id(), line.quantity, product.price()));
            products.save(product)?;
        }
        let id = OrderId::new(self.ids.next_number());
        let (order, placed) = Order::place(id, lines)?;
        work.orders().save(order)?;
        work.commit()?;
        Ok(placed)
    }
}

/// Why an order was not placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceOrderError {
    /// There is no such product.
    NoSuchProduct {
        /// The id that was asked for.
        product: ProductId,
    },
    /// A product cannot be delivered.
    Product(ProductError),
    /// It is no order.
    Invalid(OrderError),
    /// It could not be kept.
    Repository(RepositoryError),
}

impl From<ProductError> for PlaceOrderError {
    fn from(error: ProductError) -> Self {
        Self::Product(error)
    }
}

impl From<OrderError> for PlaceOrderError {
    fn from(error: OrderError) -> Self {
        Self::Invalid(error)
    }
}

impl From<RepositoryError> for PlaceOrderError {
    fn from(error: RepositoryError) -> Self {
        Self::Repository(error)
    }
}

impl fmt::Display for PlaceOrderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchProduct { product } => write!(formatter, "no product {}", product.get()),
            Self::Product(error) => error.fmt(formatter),
            Self::Invalid(error) => error.fmt(formatter),
            Self::Repository(error) => error.fmt(formatter),
        }
    }
}

impl Error for PlaceOrderError {}
