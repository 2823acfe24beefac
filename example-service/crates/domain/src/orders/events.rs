//! What has happened to orders.

use uuid::Uuid;

use super::OrderId;
use crate::accounts::UserId;
use crate::shared::{DomainEvent, Money};

/// An order was placed, and its lines taken from the stock.
#[derive(Clone, Copy, Debug)]
pub struct OrderPlaced {
    /// The order.
    pub order: OrderId,
    /// Who placed it.
    pub buyer: UserId,
    /// What it costs.
    pub total: Money,
}

impl DomainEvent for OrderPlaced {
    fn name(&self) -> &'static str {
        "orders.order_placed"
    }

    fn subject(&self) -> Uuid {
        self.order.get()
    }

    fn attributes(&self) -> Vec<(&'static str, String)> {
        vec![
            ("buyer", self.buyer.to_string()),
            ("total_minor", self.total.minor().to_string()),
            ("currency", self.total.currency().to_string()),
        ]
    }
}

/// An order was paid.
#[derive(Clone, Copy, Debug)]
pub struct OrderPaid {
    /// The order.
    pub order: OrderId,
}

impl DomainEvent for OrderPaid {
    fn name(&self) -> &'static str {
        "orders.order_paid"
    }

    fn subject(&self) -> Uuid {
        self.order.get()
    }
}

/// An order is on its way.
#[derive(Clone, Copy, Debug)]
pub struct OrderShipped {
    /// The order.
    pub order: OrderId,
}

impl DomainEvent for OrderShipped {
    fn name(&self) -> &'static str {
        "orders.order_shipped"
    }

    fn subject(&self) -> Uuid {
        self.order.get()
    }
}

/// An order has arrived.
#[derive(Clone, Copy, Debug)]
pub struct OrderDelivered {
    /// The order.
    pub order: OrderId,
}

impl DomainEvent for OrderDelivered {
    fn name(&self) -> &'static str {
        "orders.order_delivered"
    }

    fn subject(&self) -> Uuid {
        self.order.get()
    }
}

/// An order will not be paid.
#[derive(Clone, Copy, Debug)]
pub struct OrderCancelled {
    /// The order.
    pub order: OrderId,
}

impl DomainEvent for OrderCancelled {
    fn name(&self) -> &'static str {
        "orders.order_cancelled"
    }

    fn subject(&self) -> Uuid {
        self.order.get()
    }
}
