//! Rows of orders.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `orders`.
pub(crate) struct OrderRow {
    pub(crate) id: Uuid,
    pub(crate) buyer_id: Uuid,
    pub(crate) total: i64,
    pub(crate) currency: String,
    pub(crate) state: String,
    pub(crate) placed_at: OffsetDateTime,
    pub(crate) version: i64,
}

impl FromRow<'_, PgRow> for OrderRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            buyer_id: row.try_get("buyer_id")?,
            total: row.try_get("total")?,
            currency: row.try_get("currency")?,
            state: row.try_get("state")?,
            placed_at: row.try_get("placed_at")?,
            version: row.try_get("version")?,
        })
    }
}

/// A row of `order_lines`. Its prices are in the currency of its order.
pub(crate) struct OrderLineRow {
    pub(crate) product_id: Uuid,
    pub(crate) seller_id: Uuid,
    pub(crate) name: String,
    pub(crate) unit_price: i64,
    pub(crate) quantity: i64,
}

impl FromRow<'_, PgRow> for OrderLineRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            product_id: row.try_get("product_id")?,
            seller_id: row.try_get("seller_id")?,
            name: row.try_get("name")?,
            unit_price: row.try_get("unit_price")?,
            quantity: row.try_get("quantity")?,
        })
    }
}

/// A line together with its order: every row of an order repeats what stands above the lines.
pub(crate) struct JoinedRow {
    pub(crate) order: OrderRow,
    pub(crate) line: OrderLineRow,
}

impl FromRow<'_, PgRow> for JoinedRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self { order: OrderRow::from_row(row)?, line: OrderLineRow::from_row(row)? })
    }
}

/// An order and how many lines it has.
pub(crate) struct CountedRow {
    pub(crate) order: OrderRow,
    pub(crate) line_count: i64,
}

impl FromRow<'_, PgRow> for CountedRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self { order: OrderRow::from_row(row)?, line_count: row.try_get("line_count")? })
    }
}

/// An order with its lines, by one statement.
pub(super) const SELECT_ORDER: &str = "
    SELECT orders.id, orders.buyer_id, orders.total, orders.currency, orders.state,
        orders.placed_at, orders.version, order_lines.product_id, order_lines.seller_id,
        order_lines.name, order_lines.unit_price, order_lines.quantity
    FROM orders JOIN order_lines ON order_lines.order_id = orders.id
    WHERE orders.id = $1
    ORDER BY order_lines.position";
