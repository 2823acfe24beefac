//! Rows of one-time tokens.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `one_time_tokens`.
pub(crate) struct OneTimeTokenRow {
    pub(crate) user_id: Uuid,
    pub(crate) purpose: String,
    pub(crate) digest: Vec<u8>,
    pub(crate) expires_at: OffsetDateTime,
}

impl FromRow<'_, PgRow> for OneTimeTokenRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            user_id: row.try_get("user_id")?,
            purpose: row.try_get("purpose")?,
            digest: row.try_get("digest")?,
            expires_at: row.try_get("expires_at")?,
        })
    }
}
