//! Rows of jobs.

use application::ports::{JobId, QueuedJob};
use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

/// A row of `enqueued_jobs`.
pub(crate) struct JobRow {
    id: Uuid,
    kind: String,
    argument: String,
}

impl FromRow<'_, PgRow> for JobRow {
    fn from_row(row: &PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            kind: row.try_get("kind")?,
            argument: row.try_get("argument")?,
        })
    }
}

pub(super) fn queued_job(row: JobRow) -> QueuedJob {
    QueuedJob { id: JobId::new(row.id), kind: row.kind, argument: row.argument }
}
