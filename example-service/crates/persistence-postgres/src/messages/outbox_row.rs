//! Rows of the outbox.

use application::ports::{EventId, OutboxMessage, RepositoryError};
use persistence_sql::attributes_from_json;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use time::OffsetDateTime;
use uuid::Uuid;

/// A row of `outbox`.
pub(crate) struct OutboxRow {
    id: Uuid,
    name: String,
    subject_id: Uuid,
    occurred_at: OffsetDateTime,
    attributes: String,
}

impl FromRow<'_, PgRow> for OutboxRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            name: row.try_get("name")?,
            subject_id: row.try_get("subject_id")?,
            occurred_at: row.try_get("occurred_at")?,
            attributes: row.try_get("attributes")?,
        })
    }
}

pub(super) fn outbox_message(row: OutboxRow) -> Result<OutboxMessage, RepositoryError> {
    Ok(OutboxMessage {
        id: EventId::new(row.id),
        attributes: attributes_from_json(&row.attributes)?,
        name: row.name,
        subject: row.subject_id,
        occurred_at: row.occurred_at,
    })
}
