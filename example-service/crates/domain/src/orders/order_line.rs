//! Lines of an order.

use crate::accounts::UserId;
use crate::catalog::{Product, ProductId, ProductName};
use crate::shared::{Money, MoneyError, Quantity};

/// So many of one product, as it was called and priced when it was ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderLine {
    product: ProductId,
    seller: UserId,
    name: ProductName,
    unit_price: Money,
    quantity: Quantity,
}

impl OrderLine {
    /// `quantity` of `product` as it is now.
    #[must_use]
    pub fn new(product: &Product, quantity: Quantity) -> Self {
        let (name, unit_price) = (product.name().clone(), product.price());
        Self { product: product.id(), seller: product.seller(), name, unit_price, quantity }
    }

    /// A line that was stored.
    #[must_use]
    pub fn rehydrate(
        product: ProductId,
        seller: UserId,
        name: ProductName,
        unit_price: Money,
        quantity: Quantity,
    ) -> Self {
        Self { product, seller, name, unit_price, quantity }
    }

    /// The product.
    #[must_use]
    pub fn product(&self) -> ProductId {
        self.product
    }

    /// Who sells it.
    #[must_use]
    pub fn seller(&self) -> UserId {
        self.seller
    }

    /// What it was called.
    #[must_use]
    pub fn name(&self) -> &ProductName {
        &self.name
    }

    /// What one piece cost.
    #[must_use]
    pub fn unit_price(&self) -> Money {
        self.unit_price
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
        self.unit_price.times(self.quantity)
    }
}
