//! Keeps the files of reports in PostgreSQL, so that a backup of the database holds them too.

use application::ports::{ReportFiles, Unavailable};
use async_trait::async_trait;
use domain::reports::ReportId;

use crate::errors::unavailable;
use crate::store::PostgresStore;

#[async_trait]
impl ReportFiles for PostgresStore {
    async fn write(&self, report: ReportId, content: Vec<u8>) -> Result<(), Unavailable> {
        let statement = "INSERT INTO report_files (report_id, content) VALUES ($1, $2)
            ON CONFLICT (report_id) DO UPDATE SET content = EXCLUDED.content";
        let written =
            sqlx::query(statement).bind(report.get()).bind(content).execute(self.pool()).await;
        written.map(|_| ()).map_err(unavailable)
    }

    async fn read(&self, report: ReportId) -> Result<Option<Vec<u8>>, Unavailable> {
        sqlx::query_scalar("SELECT content FROM report_files WHERE report_id = $1")
            .bind(report.get())
            .fetch_optional(self.pool())
            .await
            .map_err(unavailable)
    }
}
