//! Rows of idempotency keys.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::OffsetDateTime;
use uuid::Uuid;

/// What a row of `idempotency_keys` says beyond its key.
pub(crate) struct IdempotencyKeyRow {
    pub(crate) fingerprint: String,
    pub(crate) order_id: Uuid,
    pub(crate) created_at: OffsetDateTime,
}

impl FromRow<'_, PgRow> for IdempotencyKeyRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            fingerprint: row.try_get("fingerprint")?,
            order_id: row.try_get("order_id")?,
            created_at: row.try_get("created_at")?,
        })
    }
}
