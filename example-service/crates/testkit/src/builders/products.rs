//! Products.

use domain::accounts::UserId;
use domain::catalog::{Product, ProductDescription, ProductId, ProductName};
use domain::shared::{Currency, Money};
use time::OffsetDateTime;

use super::{START, fresh_id};

/// Makes products.
#[derive(Clone, Debug)]
pub struct ProductBuilder {
    id: ProductId,
    seller: UserId,
    name: String,
    description: String,
    minor: i64,
    currency: Currency,
    stock: u32,
    created_at: OffsetDateTime,
}

impl ProductBuilder {
    /// Ten pieces of tea, 3.50 EUR each.
    #[must_use]
    pub fn new() -> Self {
        Self {
            id: ProductId::new(fresh_id()),
            seller: UserId::new(fresh_id()),
            name: "tea".to_owned(),
            description: "green".to_owned(),
            minor: 350,
            currency: Currency::Eur,
            stock: 10,
            created_at: START,
        }
    }

    /// Sold by this user.
    #[must_use]
    pub fn seller(self, seller: UserId) -> Self {
        Self { seller, ..self }
    }

    /// Called so.
    #[must_use]
    pub fn name(self, name: &str) -> Self {
        Self { name: name.to_owned(), ..self }
    }

    /// Described so.
    #[must_use]
    pub fn description(self, description: &str) -> Self {
        Self { description: description.to_owned(), ..self }
    }

    /// At this price.
    #[must_use]
    pub fn price(self, minor: i64, currency: Currency) -> Self {
        Self { minor, currency, ..self }
    }

    /// With so many pieces in stock.
    #[must_use]
    pub fn stock(self, stock: u32) -> Self {
        Self { stock, ..self }
    }

    /// The product.
    ///
    /// # Panics
    ///
    /// When there can be no such product.
    #[must_use]
    pub fn build(self) -> Product {
        Product::create(
            self.id,
            self.seller,
            ProductName::try_new(&self.name).expect("the name is one"),
            ProductDescription::try_new(&self.description).expect("the description is one"),
            Money::try_new(self.minor, self.currency).expect("the price is not below nothing"),
            self.stock,
            self.created_at,
        )
        .0
    }
}

impl Default for ProductBuilder {
    fn default() -> Self {
        Self::new()
    }
}
