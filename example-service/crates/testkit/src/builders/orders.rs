//! Orders.

use domain::accounts::UserId;
use domain::catalog::Product;
use domain::orders::{Order, OrderId, OrderLine};
use domain::shared::Quantity;
use time::OffsetDateTime;

use super::{START, fresh_id};

/// Makes orders.
#[derive(Clone, Debug)]
pub struct OrderBuilder {
    id: OrderId,
    buyer: UserId,
    lines: Vec<OrderLine>,
    placed_at: OffsetDateTime,
}

impl OrderBuilder {
    /// An order of `buyer`, with nothing in it yet.
    #[must_use]
    pub fn new(buyer: UserId) -> Self {
        Self { id: OrderId::new(fresh_id()), buyer, lines: Vec::new(), placed_at: START }
    }

    /// With so many of `product`. The stock of the product is not touched.
    ///
    /// # Panics
    ///
    /// When that is no quantity.
    #[must_use]
    pub fn line(mut self, product: &Product, pieces: u32) -> Self {
        let quantity = Quantity::try_new(pieces).expect("the quantity is one");
        self.lines.push(OrderLine::new(product, quantity));
        self
    }

    /// Placed at this time.
    #[must_use]
    pub fn placed_at(self, placed_at: OffsetDateTime) -> Self {
        Self { placed_at, ..self }
    }

    /// The order.
    ///
    /// # Panics
    ///
    /// When there can be no such order.
    #[must_use]
    pub fn build(self) -> Order {
        let placed = Order::place(self.id, self.buyer, self.lines, self.placed_at);
        placed.expect("the order is one").0
    }
}
