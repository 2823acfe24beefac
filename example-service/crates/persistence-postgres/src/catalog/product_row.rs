//! Rows of products.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `products`.
pub(crate) struct ProductRow {
    pub(crate) id: Uuid,
    pub(crate) seller_id: Uuid,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) price: i64,
    pub(crate) currency: String,
    pub(crate) stock: i64,
    pub(crate) is_archived: bool,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) version: i64,
}

impl FromRow<'_, PgRow> for ProductRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            seller_id: row.try_get("seller_id")?,
            name: row.try_get("name")?,
            description: row.try_get("description")?,
            price: row.try_get("price")?,
            currency: row.try_get("currency")?,
            stock: row.try_get("stock")?,
            is_archived: row.try_get("is_archived")?,
            created_at: row.try_get("created_at")?,
            version: row.try_get("version")?,
        })
    }
}

/// A statement that reads such rows. It names the columns, so that it goes on to work while a
/// migration adds one.
macro_rules! select_products {
    ($rest:literal) => {
        concat!(
            "SELECT id, seller_id, name, description, price, currency, stock, is_archived, \
             created_at, version FROM products ",
            $rest
        )
    };
}
pub(super) use select_products;
