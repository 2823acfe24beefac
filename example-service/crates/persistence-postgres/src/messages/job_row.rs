//! Rows of jobs.

use application::ports::{Job, JobId, RepositoryError};
use persistence_sql::stored;
use sqlx::postgres::PgRow;
use sqlx::{FromRow, Row};
use uuid::Uuid;

/// A row of `jobs`.
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

pub(super) fn job(row: &JobRow) -> Result<(JobId, Job), RepositoryError> {
    let read = |kind: &str| Job::try_new(kind, &row.argument);
    Ok((JobId::new(row.id), stored("jobs.kind", row.kind.as_str(), read)?))
}
