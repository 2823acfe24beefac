//! Shows reports, and what stands in them, out of PostgreSQL.

use application::ports::{OrderReportRow, ReportDetails, ReportReadStore, RepositoryError};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::reports::{ReportId, ReportPeriod};
use persistence_sql::bounds_of;

use super::report_mapper::{order_report_row, report_details};
use super::report_row::{ReportRow, ReportedLineRow, SELECT_REPORT};
use crate::errors::repository_error;
use crate::store::PostgresStore;

#[async_trait]
impl ReportReadStore for PostgresStore {
    async fn find(&self, id: ReportId) -> Result<Option<ReportDetails>, RepositoryError> {
        let found = sqlx::query_as::<_, ReportRow>(SELECT_REPORT)
            .bind(id.get())
            .fetch_optional(self.pool())
            .await;
        found.map_err(repository_error)?.as_ref().map(report_details).transpose()
    }

    async fn order_rows(
        &self,
        buyer: UserId,
        period: ReportPeriod,
    ) -> Result<Vec<OrderReportRow>, RepositoryError> {
        let (from, to) = bounds_of(period);
        let statement = "SELECT orders.id AS order_id, orders.placed_at, orders.state,
                orders.currency, order_lines.name, order_lines.quantity, order_lines.unit_price
            FROM orders JOIN order_lines ON order_lines.order_id = orders.id
            WHERE orders.buyer_id = $1 AND orders.placed_at BETWEEN $2 AND $3
            ORDER BY orders.placed_at, orders.id, order_lines.position";
        let rows = sqlx::query_as::<_, ReportedLineRow>(statement)
            .bind(buyer.get())
            .bind(from)
            .bind(to)
            .fetch_all(self.pool())
            .await;
        rows.map_err(repository_error)?.into_iter().map(order_report_row).collect()
    }
}
