//! Lines of an order.

use crate::catalog::ProductId;
use crate::shared::{Money, MoneyError, Quantity};

/// So many of one product, at the price it had when it was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderLine {
    product: ProductId,
    quantity: Quantity,
    price: Money,
}

impl OrderLine {
    /// `quantity` of `product` at `price` each.
    #[must_use]
    pub fn new(product: ProductId, quantity: Quantity, price: Money) -> Self {
        Self { product, quantity, price }
    }

    /// The product.
    #[must_use]
    pub fn product(&self) -> ProductId {
        self.product
    }

    /// How many of it.
    #[must_use]
    pub fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// What the line costs.
    ///
    /// # Errors
    ///
    /// When that is too much to hold.
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.price.times(self.quantity)
    }
}
