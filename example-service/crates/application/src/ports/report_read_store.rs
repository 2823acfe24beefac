//! Reports as they are shown, and what stands in them.

use async_trait::async_trait;
use domain::accounts::UserId;
use domain::orders::{OrderId, OrderState};
use domain::reports::{ReportId, ReportPeriod, ReportStatus};
use domain::shared::Money;
use time::OffsetDateTime;

use super::RepositoryError;

/// A report as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportDetails {
    /// What it is known by.
    pub id: ReportId,
    /// Who asked for it.
    pub requester: UserId,
    /// What time it is about.
    pub period: ReportPeriod,
    /// How far it is.
    pub status: ReportStatus,
    /// When it was asked for.
    pub requested_at: OffsetDateTime,
}

/// A row of an order report: one line of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderReportRow {
    /// The order.
    pub order: OrderId,
    /// When it was placed.
    pub placed_at: OffsetDateTime,
    /// Where it stands.
    pub state: OrderState,
    /// What the product was called.
    pub product: String,
    /// How many of it.
    pub quantity: u32,
    /// What one piece cost.
    pub unit_price: Money,
}

/// Finds reports for showing, and what stands in them.
#[async_trait]
pub trait ReportReadStore: Send + Sync {
    /// The report of this id.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn find(&self, id: ReportId) -> Result<Option<ReportDetails>, RepositoryError>;

    /// What a buyer ordered in a period, the oldest order first, and its lines as they were
    /// placed.
    ///
    /// # Errors
    ///
    /// When the store cannot be read.
    async fn order_rows(
        &self,
        buyer: UserId,
        period: ReportPeriod,
    ) -> Result<Vec<OrderReportRow>, RepositoryError>;
}
