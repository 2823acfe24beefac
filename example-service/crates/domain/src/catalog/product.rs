//! Products.

use thiserror::Error;
use time::OffsetDateTime;

use super::events::{ProductArchived, ProductCreated, ProductUpdated};
use super::{ProductDescription, ProductId, ProductName};
use crate::accounts::UserId;
use crate::shared::{Money, Quantity, Version};

/// Something for sale. Two are the same when their ids are.
#[derive(Clone, Debug)]
pub struct Product {
    id: ProductId,
    seller: UserId,
    name: ProductName,
    description: ProductDescription,
    price: Money,
    stock: u32,
    is_archived: bool,
    created_at: OffsetDateTime,
    version: Version,
}

/// A product as it is stored.
#[derive(Clone, Debug)]
pub struct ProductSnapshot {
    /// What it is known by.
    pub id: ProductId,
    /// Who sells it.
    pub seller: UserId,
    /// What it is called.
    pub name: ProductName,
    /// What the seller says about it.
    pub description: ProductDescription,
    /// What one piece costs.
    pub price: Money,
    /// How many pieces can be ordered.
    pub stock: u32,
    /// Whether it is not for sale any more.
    pub is_archived: bool,
    /// Since when there is this product.
    pub created_at: OffsetDateTime,
    /// How often it was stored.
    pub version: Version,
}

/// What is to be different of a product; the rest stays.
#[derive(Clone, Debug)]
pub struct ProductChanges {
    /// Another name.
    pub name: Option<ProductName>,
    /// Another description.
    pub description: Option<ProductDescription>,
    /// Another price. Orders keep the price of their day.
    pub price: Option<Money>,
    /// Another stock.
    pub stock: Option<u32>,
}

impl Product {
    /// A new product of `seller`, for sale.
    #[must_use]
    pub fn create(
        id: ProductId,
        seller: UserId,
        name: ProductName,
        description: ProductDescription,
        price: Money,
        stock: u32,
        now: OffsetDateTime,
    ) -> (Self, ProductCreated) {
        let product = Self {
            id,
            seller,
            name,
            description,
            price,
            stock,
            is_archived: false,
            created_at: now,
            version: Version::FIRST,
        };
        (product, ProductCreated { product: id, seller })
    }

    /// A product that was stored.
    #[must_use]
    pub fn rehydrate(snapshot: ProductSnapshot) -> Self {
        let ProductSnapshot {
            id,
            seller,
            name,
            description,
            price,
            stock,
            is_archived,
            created_at,
            version,
        } = snapshot;
        Self { id, seller, name, description, price, stock, is_archived, created_at, version }
    }

    /// What is to be stored.
    #[must_use]
    pub fn snapshot(&self) -> ProductSnapshot {
        ProductSnapshot {
            id: self.id,
            seller: self.seller,
            name: self.name.clone(),
            description: self.description.clone(),
            price: self.price,
            stock: self.stock,
            is_archived: self.is_archived,
            created_at: self.created_at,
            version: self.version,
        }
    }

    /// What it is known by.
    #[must_use]
    pub fn id(&self) -> ProductId {
        self.id
    }

    /// Who sells it.
    #[must_use]
    pub fn seller(&self) -> UserId {
        self.seller
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &ProductName {
        &self.name
    }

    /// What the seller says about it.
    #[must_use]
    pub fn description(&self) -> &ProductDescription {
        &self.description
    }

    /// What one piece costs.
    #[must_use]
    pub fn price(&self) -> Money {
        self.price
    }

    /// How many pieces can be ordered.
    #[must_use]
    pub fn stock(&self) -> u32 {
        self.stock
    }

    /// Whether it is not for sale any more.
    #[must_use]
    pub fn is_archived(&self) -> bool {
        self.is_archived
    }

    /// Since when there is this product.
    #[must_use]
    pub fn created_at(&self) -> OffsetDateTime {
        self.created_at
    }

    /// The version that was loaded.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Makes `changes`.
    ///
    /// # Errors
    ///
    /// When it is not for sale any more.
    pub fn update(&mut self, changes: ProductChanges) -> Result<ProductUpdated, ProductError> {
        self.ensure_for_sale()?;
        let ProductChanges { name, description, price, stock } = changes;
        self.name = name.unwrap_or_else(|| self.name.clone());
        self.description = description.unwrap_or_else(|| self.description.clone());
        self.price = price.unwrap_or(self.price);
        self.stock = stock.unwrap_or(self.stock);
        Ok(ProductUpdated { product: self.id })
    }

    /// Takes it off sale, if that is not so already. It stays with the orders it is in.
    pub fn archive(&mut self) -> Option<ProductArchived> {
        let changes = !self.is_archived;
        self.is_archived = true;
        changes.then_some(ProductArchived { product: self.id })
    }

    /// Takes `quantity` from the stock for an order.
    ///
    /// # Errors
    ///
    /// When it is not for sale any more, or fewer are there; then none is taken.
    pub fn reserve(&mut self, quantity: Quantity) -> Result<(), ProductError> {
        self.ensure_for_sale()?;
        let left = self.stock.checked_sub(quantity.get());
        self.stock = left.ok_or(ProductError::OutOfStock { stock: self.stock })?;
        Ok(())
    }

    /// Puts `quantity` back on stock when an order is cancelled, as far as the stock can
    /// count: even of what is not for sale any more, since it is there again.
    pub fn release(&mut self, quantity: Quantity) {
        self.stock = self.stock.saturating_add(quantity.get());
    }

    fn ensure_for_sale(&self) -> Result<(), ProductError> {
        if self.is_archived { Err(ProductError::Archived) } else { Ok(()) }
    }
}

impl PartialEq for Product {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Product {}

/// Why a product stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ProductError {
    /// It is not for sale any more.
    #[error("the product is not for sale any more")]
    Archived,
    /// Fewer pieces are there than were asked for.
    #[error("only {stock} pieces are in stock")]
    OutOfStock {
        /// How many are there.
        stock: u32,
    },
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::shared::Currency;

    fn tea(stock: u32) -> Product {
        Product::create(
            ProductId::new(Uuid::from_u128(1)),
            UserId::new(Uuid::from_u128(2)),
            ProductName::try_new("tea").expect("it is a name"),
            ProductDescription::try_new("green").expect("it is a description"),
            Money::zero(Currency::Gbp),
            stock,
            OffsetDateTime::UNIX_EPOCH,
        )
        .0
    }

    fn pieces(count: u32) -> Quantity {
        Quantity::try_new(count).expect("it is a quantity")
    }

    #[test]
    fn reserving_takes_all_or_nothing() {
        let mut tea = tea(3);
        assert_eq!(tea.reserve(pieces(2)), Ok(()));
        assert_eq!(tea.reserve(pieces(2)), Err(ProductError::OutOfStock { stock: 1 }));
        assert_eq!(tea.stock(), 1);
        tea.release(pieces(2));
        assert_eq!(tea.stock(), 3);
    }

    #[test]
    fn what_is_archived_can_be_given_back_but_not_sold() {
        let mut tea = tea(3);
        assert!(tea.archive().is_some());
        assert!(tea.archive().is_none());
        assert_eq!(tea.reserve(pieces(1)), Err(ProductError::Archived));
        let changes = ProductChanges { name: None, description: None, price: None, stock: Some(9) };
        assert_eq!(tea.update(changes).err(), Some(ProductError::Archived));
        tea.release(pieces(1));
        assert_eq!(tea.stock(), 4);
    }

    #[test]
    fn an_update_leaves_the_rest() {
        let mut tea = tea(3);
        let name = ProductName::try_new("mint").expect("it is a name");
        let changes =
            ProductChanges { name: Some(name), description: None, price: None, stock: Some(9) };
        assert!(tea.update(changes).is_ok());
        assert_eq!((tea.name().as_str(), tea.stock()), ("mint", 9));
        assert_eq!(tea.description().as_str(), "green");
    }

    proptest! {
        #[test]
        fn stock_is_what_was_there_less_what_is_out(
            stock in 0..10_000_u32,
            steps in prop::collection::vec((any::<bool>(), 1..500_u32), 0..50),
        ) {
            let mut tea = tea(stock);
            let mut out = Vec::new();
            for (is_reserved, count) in steps {
                if is_reserved {
                    if tea.reserve(pieces(count)).is_ok() {
                        out.push(count);
                    }
                } else if let Some(count) = out.pop() {
                    tea.release(pieces(count));
                }
                prop_assert_eq!(tea.stock() + out.iter().sum::<u32>(), stock);
            }
        }
    }
}
