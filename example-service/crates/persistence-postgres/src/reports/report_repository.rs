//! Keeps reports in PostgreSQL.

use application::ports::{ReportRepository, RepositoryError};
use async_trait::async_trait;
use domain::reports::{Report, ReportId};
use persistence_sql::version_number;
use sqlx::PgConnection;

use super::report_mapper::report;
use super::report_row::{ReportRow, SELECT_REPORT};
use crate::errors::{ensure_one, repository_error};

/// Keeps reports in PostgreSQL.
pub(crate) struct PostgresReportRepository<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresReportRepository<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl ReportRepository for PostgresReportRepository<'_> {
    async fn find(&mut self, id: ReportId) -> Result<Option<Report>, RepositoryError> {
        let found = sqlx::query_as::<_, ReportRow>(SELECT_REPORT)
            .bind(id.get())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.as_ref().map(report).transpose()
    }

    async fn add(&mut self, report: &Report) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO reports
                (id, requester_id, first_day, last_day, status, requested_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let added = sqlx::query(statement)
            .bind(report.id().get())
            .bind(report.requester().get())
            .bind(report.period().from())
            .bind(report.period().to())
            .bind(report.status().name())
            .bind(report.requested_at())
            .bind(version_number(report.version()))
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }

    async fn update(&mut self, report: &Report) -> Result<(), RepositoryError> {
        let statement = "UPDATE reports SET status = $3, version = version + 1
            WHERE id = $1 AND version = $2";
        let updated = sqlx::query(statement)
            .bind(report.id().get())
            .bind(version_number(report.version()))
            .bind(report.status().name())
            .execute(&mut *self.connection)
            .await;
        ensure_one(&updated.map_err(repository_error)?)
    }
}
