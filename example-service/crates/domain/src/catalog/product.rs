//! Products and their stock.

use std::error::Error;
use std::fmt;

use crate::shared::{Money, Quantity};

/// What a product is known by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProductId(u64);

impl ProductId {
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

/// Something for sale.
#[derive(Clone, Debug)]
pub struct Product {
    id: ProductId,
    name: String,
    price: Money,
    stock: u32,
}

impl Product {
    /// A product with `stock` pieces on the shelf.
    ///
    /// # Errors
    ///
    /// When it has no name.
    pub fn try_new(
        id: ProductId,
        name: &str,
        price: Money,
        stock: u32,
    ) -> Result<Self, ProductError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(ProductError::Nameless);
        }
        Ok(Self { id, name: name.to_owned(), price, stock })
    }

    /// What it is known by.
    #[must_use]
    pub fn id(&self) -> ProductId {
        self.id
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What one piece costs.
    #[must_use]
    pub fn price(&self) -> Money {
        self.price
    }

    /// How many pieces are on the shelf.
    #[must_use]
    pub fn stock(&self) -> u32 {
        self.stock
    }

    /// Takes `quantity` from the shelf.
    ///
    /// # Errors
    ///
    /// When fewer are there; then none is taken.
    pub fn reserve(&mut self, quantity: Quantity) -> Result<(), ProductError> {
        let left = self.stock.checked_sub(quantity.get()).ok_or(ProductError::OutOfStock)?;
        self.stock = left;
        Ok(())
    }

    /// Puts `quantity` back on the shelf, as far as the shelf can count.
    pub fn release(&mut self, quantity: Quantity) {
        self.stock = self.stock.saturating_add(quantity.get());
    }
}

/// Why a product cannot be what it is asked to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProductError {
    /// It has no name.
    Nameless,
    /// Fewer pieces are there than were asked for.
    OutOfStock,
}

impl fmt::Display for ProductError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Nameless => "a product has a name",
            Self::OutOfStock => "out of stock",
        })
    }
}

impl Error for ProductError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn tea(stock: u32) -> Product {
        Product::try_new(ProductId::new(1), " tea ", Money::new(350), stock).expect("it is named")
    }

    fn pieces(count: u32) -> Quantity {
        Quantity::try_new(count).expect("not none")
    }

    #[test]
    fn a_product_has_a_name() {
        assert_eq!(tea(1).name(), "tea");
        let nameless = Product::try_new(ProductId::new(1), "  ", Money::ZERO, 1);
        assert_eq!(nameless.err(), Some(ProductError::Nameless));
    }

    #[test]
    fn reserving_takes_all_or_nothing() {
        let mut tea = tea(3);
        assert_eq!(tea.reserve(pieces(2)), Ok(()));
        assert_eq!(tea.reserve(pieces(2)), Err(ProductError::OutOfStock));
        assert_eq!(tea.stock(), 1);
        tea.release(pieces(2));
        assert_eq!(tea.stock(), 3);
    }
}
