//! Reports, and what stands in them, out of their rows.

use application::ports::{OrderReportRow, ReportDetails, RepositoryError};
use domain::accounts::UserId;
use domain::orders::{OrderId, OrderState};
use domain::reports::{Report, ReportId, ReportPeriod, ReportSnapshot, ReportStatus};
use persistence_sql::{stored, stored_count, stored_money, stored_version};

use super::report_row::{ReportRow, ReportedLineRow};

pub(super) fn report(row: &ReportRow) -> Result<Report, RepositoryError> {
    Ok(Report::rehydrate(ReportSnapshot {
        id: ReportId::new(row.id),
        requester: UserId::new(row.requester_id),
        period: period(row)?,
        status: status(row)?,
        requested_at: row.requested_at,
        version: stored_version("reports.version", row.version)?,
    }))
}

pub(super) fn report_details(row: &ReportRow) -> Result<ReportDetails, RepositoryError> {
    Ok(ReportDetails {
        id: ReportId::new(row.id),
        requester: UserId::new(row.requester_id),
        period: period(row)?,
        status: status(row)?,
        requested_at: row.requested_at,
    })
}

pub(super) fn order_report_row(row: ReportedLineRow) -> Result<OrderReportRow, RepositoryError> {
    Ok(OrderReportRow {
        order: OrderId::new(row.order_id),
        placed_at: row.placed_at,
        state: stored("orders.state", row.state.as_str(), str::parse::<OrderState>)?,
        quantity: stored_count("order_lines.quantity", row.quantity)?,
        unit_price: stored_money("order_lines.unit_price", row.unit_price, &row.currency)?,
        product: row.name,
    })
}

fn period(row: &ReportRow) -> Result<ReportPeriod, RepositoryError> {
    stored("reports.last_day", &row.last_day, |&to| ReportPeriod::try_new(row.first_day, to))
}

fn status(row: &ReportRow) -> Result<ReportStatus, RepositoryError> {
    stored("reports.status", row.status.as_str(), str::parse::<ReportStatus>)
}
