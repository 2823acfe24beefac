//! What has happened to products.

use uuid::Uuid;

use super::ProductId;
use crate::accounts::UserId;
use crate::shared::DomainEvent;

/// A product is for sale.
#[derive(Clone, Copy, Debug)]
pub struct ProductCreated {
    /// The product.
    pub product: ProductId,
    /// Who sells it.
    pub seller: UserId,
}

impl DomainEvent for ProductCreated {
    fn name(&self) -> &'static str {
        "catalog.product_created"
    }

    fn subject(&self) -> Uuid {
        self.product.get()
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![("seller", self.seller.to_string())]
    }
}

/// A product is described, priced or stocked otherwise than before.
#[derive(Clone, Copy, Debug)]
pub struct ProductUpdated {
    /// The product.
    pub product: ProductId,
}

impl DomainEvent for ProductUpdated {
    fn name(&self) -> &'static str {
        "catalog.product_updated"
    }

    fn subject(&self) -> Uuid {
        self.product.get()
    }
}

/// A product is not for sale any more.
#[derive(Clone, Copy, Debug)]
pub struct ProductArchived {
    /// The product.
    pub product: ProductId,
}

impl DomainEvent for ProductArchived {
    fn name(&self) -> &'static str {
        "catalog.product_archived"
    }

    fn subject(&self) -> Uuid {
        self.product.get()
    }
}
