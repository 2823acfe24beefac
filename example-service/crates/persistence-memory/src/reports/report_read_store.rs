//! Shows reports out of memory.

use application::ports::{OrderReportRow, ReportDetails, ReportReadStore, RepositoryError};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::orders::{OrderLine, OrderSnapshot};
use domain::reports::{ReportId, ReportPeriod, ReportSnapshot};

use crate::store::MemoryStore;

fn details(report: &ReportSnapshot) -> ReportDetails {
    ReportDetails {
        id: report.id,
        requester: report.requester,
        period: report.period,
        status: report.status,
        requested_at: report.requested_at,
    }
}

fn row(order: &OrderSnapshot, line: &OrderLine) -> OrderReportRow {
    OrderReportRow {
        order: order.id,
        placed_at: order.placed_at,
        state: order.state,
        product: line.name().as_str().to_owned(),
        quantity: line.quantity().get(),
        unit_price: line.unit_price(),
    }
}

#[async_trait]
impl ReportReadStore for MemoryStore {
    async fn find(&self, id: ReportId) -> Result<Option<ReportDetails>, RepositoryError> {
        Ok(self.lock().reports.get(&id).map(details))
    }

    async fn order_rows(
        &self,
        buyer: UserId,
        period: ReportPeriod,
    ) -> Result<Vec<OrderReportRow>, RepositoryError> {
        let state = self.lock();
        let is_meant = |order: &&OrderSnapshot| {
            let day = order.placed_at.to_offset(time::UtcOffset::UTC).date();
            order.buyer == buyer && (period.from()..=period.to()).contains(&day)
        };
        let mut orders: Vec<&OrderSnapshot> = state.orders.values().filter(is_meant).collect();
        orders.sort_by_key(|order| (order.placed_at, order.id));
        let rows = |order: &&OrderSnapshot| {
            order.lines.iter().map(|line| row(order, line)).collect::<Vec<_>>()
        };
        Ok(orders.iter().flat_map(rows).collect())
    }
}
