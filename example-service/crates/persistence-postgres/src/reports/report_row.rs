//! Rows of reports, and of what stands in them.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::{Date, OffsetDateTime};
use uuid::Uuid;

/// A row of `reports`.
pub(crate) struct ReportRow {
    pub(crate) id: Uuid,
    pub(crate) requester_id: Uuid,
    pub(crate) first_day: Date,
    pub(crate) last_day: Date,
    pub(crate) status: String,
    pub(crate) requested_at: OffsetDateTime,
    pub(crate) version: i64,
}

impl FromRow<'_, PgRow> for ReportRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            requester_id: row.try_get("requester_id")?,
            first_day: row.try_get("first_day")?,
            last_day: row.try_get("last_day")?,
            status: row.try_get("status")?,
            requested_at: row.try_get("requested_at")?,
            version: row.try_get("version")?,
        })
    }
}

/// A report by its id.
pub(super) const SELECT_REPORT: &str = "
    SELECT id, requester_id, first_day, last_day, status, requested_at, version
    FROM reports WHERE id = $1";

/// A line of an order together with what a report shows of its order.
pub(crate) struct ReportedLineRow {
    pub(crate) order_id: Uuid,
    pub(crate) placed_at: OffsetDateTime,
    pub(crate) state: String,
    pub(crate) currency: String,
    pub(crate) name: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price: i64,
}

impl FromRow<'_, PgRow> for ReportedLineRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            order_id: row.try_get("order_id")?,
            placed_at: row.try_get("placed_at")?,
            state: row.try_get("state")?,
            currency: row.try_get("currency")?,
            name: row.try_get("name")?,
            quantity: row.try_get("quantity")?,
            unit_price: row.try_get("unit_price")?,
        })
    }
}
