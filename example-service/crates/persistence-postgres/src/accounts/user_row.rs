//! Rows of users.

use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `users`.
pub(crate) struct UserRow {
    pub(crate) id: Uuid,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) password_hash: String,
    pub(crate) role: String,
    pub(crate) is_active: bool,
    pub(crate) created_at: OffsetDateTime,
    pub(crate) version: i64,
}

impl FromRow<'_, PgRow> for UserRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            username: row.try_get("username")?,
            email: row.try_get("email")?,
            password_hash: row.try_get("password_hash")?,
            role: row.try_get("role")?,
            is_active: row.try_get("is_active")?,
            created_at: row.try_get("created_at")?,
            version: row.try_get("version")?,
        })
    }
}

/// A statement that reads such rows. It names the columns, so that it goes on to work while a
/// migration adds one.
macro_rules! select_users {
    ($rest:literal) => {
        concat!(
            "SELECT id, username, email, password_hash, role, is_active, created_at, version FROM users ",
            $rest
        )
    };
}
pub(super) use select_users;

/// What is needed of a row of `users` to verify a password.
pub(crate) struct CredentialsRow {
    pub(crate) id: Uuid,
    pub(crate) password_hash: String,
}

impl FromRow<'_, PgRow> for CredentialsRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self { id: row.try_get("id")?, password_hash: row.try_get("password_hash")? })
    }
}
