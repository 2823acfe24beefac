//! Rows of sessions.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `sessions`.
pub(crate) struct SessionRow {
    pub(crate) id: Uuid,
    pub(crate) user_id: Uuid,
    pub(crate) refresh: Vec<u8>,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) renewed_at: OffsetDateTime,
    pub(crate) expires_at: OffsetDateTime,
    pub(crate) revoked_at: Option<OffsetDateTime>,
    pub(crate) version: i64,
}

impl FromRow<'_, PgRow> for SessionRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            user_id: row.try_get("user_id")?,
            refresh: row.try_get("refresh")?,
            created_at: row.try_get("created_at")?,
            renewed_at: row.try_get("renewed_at")?,
            expires_at: row.try_get("expires_at")?,
            revoked_at: row.try_get("revoked_at")?,
            version: row.try_get("version")?,
        })
    }
}

/// A statement that reads such rows. It names the columns, so that it goes on to work while a
/// migration adds one.
macro_rules! select_sessions {
    ($rest:literal) => {
        concat!(
            "SELECT id, user_id, refresh, created_at, renewed_at, expires_at, revoked_at, version FROM sessions ",
            $rest
        )
    };
}
pub(super) use select_sessions;

/// A session that has not ended, with the role of its user.
pub(crate) struct ActiveSessionRow {
    pub(crate) user_id: Uuid,
    pub(crate) role: String,
    pub(crate) expires_at: OffsetDateTime,
}

impl FromRow<'_, PgRow> for ActiveSessionRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            user_id: row.try_get("user_id")?,
            role: row.try_get("role")?,
            expires_at: row.try_get("expires_at")?,
        })
    }
}
