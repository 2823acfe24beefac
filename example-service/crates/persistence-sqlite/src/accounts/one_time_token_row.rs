//! Rows of one-time tokens.

use sqlx::sqlite::SqliteRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

use crate::timestamp::Timestamp;

/// A row of `one_time_tokens`.
pub(crate) struct OneTimeTokenRow {
    pub(crate) user_id: Uuid,
    pub(crate) purpose: String,
    pub(crate) digest: Vec<u8>,
    pub(crate) expires_at: Timestamp,
}

impl FromRow<'_, SqliteRow> for OneTimeTokenRow {
    fn from_row(row: &SqliteRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            user_id: row.try_get("user_id")?,
            purpose: row.try_get("purpose")?,
            digest: row.try_get("digest")?,
            expires_at: row.try_get("expires_at")?,
        })
    }
}
