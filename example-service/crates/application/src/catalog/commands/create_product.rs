//! Putting a product up for sale.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use domain::catalog::{Product, ProductError, ProductId};
use domain::shared::Money;

use crate::ports::{IdGenerator, RepositoryError, UnitOfWorkFactory};

/// Asks for a new product.
#[derive(Clone, Debug)]
pub struct CreateProduct {
    /// What it is called.
    pub name: String,
    /// What one piece costs.
    pub price: Money,
    /// How many pieces there are.
    pub stock: u32,
}

/// Puts products up for sale.
pub struct CreateProductInteractor {
    work: Arc<dyn UnitOfWorkFactory>,
    ids: Arc<dyn IdGenerator>,
}

impl CreateProductInteractor {
    /// One that keeps products by `work`.
    #[must_use]
    pub fn new(work: Arc<dyn UnitOfWorkFactory>, ids: Arc<dyn IdGenerator>) -> Self {
        Self { work, ids }
    }

    /// Puts one product up for sale.
    ///
    /// # Errors
    ///
    /// When this is no product, or it cannot be kept.
    pub fn execute(&self, command: &CreateProduct) -> Result<ProductId, CreateProductError> {
        let id = ProductId::new(self.ids.next_number());
        let product = Product::try_new(id, &command.name, command.price, command.stock)?;
        let mut work = self.work.begin()?;
        work.products().save(product)?;
        work.commit()?;
        Ok(id)
    }
}

/// Why a product was not put up for sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CreateProductError {
    /// It is no product.
    Invalid(ProductError),
    /// It could not be kept.
    Repository(RepositoryError),
}

impl From<ProductError> for CreateProductError {
    fn from(error: ProductError) -> Self {
        Self::Invalid(error)
    }
}

impl From<RepositoryError> for CreateProductError {
    fn from(error: RepositoryError) -> Self {
        Self::Repository(error)
    }
}

impl fmt::Display for CreateProductError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(error) => error.fmt(formatter),
            Self::Repository(error) => error.fmt(formatter),
        }
    }
}

impl Error for CreateProductError {}
