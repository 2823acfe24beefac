//! What is sent and answered about reports.

use application::authorization::Actor;
use application::ports::ReportDetails;
use application::reports::commands::RequestOrderReport;
use domain::reports::ReportStatus;
use garde::Validate;
use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};
use utoipa::ToSchema;
use uuid::Uuid;

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

/// About which days a report is asked for.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct RequestOrderReportRequest {
    /// The first day.
    #[garde(skip)]
    #[serde(with = "iso_date")]
    #[schema(example = "2026-01-01")]
    from: Date,
    /// The last day, at most 366 days of them in all.
    #[garde(skip)]
    #[serde(with = "iso_date")]
    #[schema(example = "2026-12-31")]
    to: Date,
}

impl RequestOrderReportRequest {
    pub(crate) fn into_command(self, actor: Actor) -> RequestOrderReport {
        RequestOrderReport { actor, from: self.from, to: self.to }
    }
}

/// How far a report is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReportStatusSchema {
    /// It is being made.
    Requested,
    /// Its file can be fetched.
    Ready,
}

impl From<ReportStatus> for ReportStatusSchema {
    fn from(status: ReportStatus) -> Self {
        match status {
            ReportStatus::Requested => Self::Requested,
            ReportStatus::Ready => Self::Ready,
        }
    }
}

/// A report.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReportResponse {
    id: Uuid,
    status: ReportStatusSchema,
    #[serde(with = "iso_date")]
    from: Date,
    #[serde(with = "iso_date")]
    to: Date,
    #[serde(with = "time::serde::rfc3339")]
    requested_at: OffsetDateTime,
}

impl From<ReportDetails> for ReportResponse {
    fn from(report: ReportDetails) -> Self {
        Self {
            id: report.id.get(),
            status: report.status.into(),
            from: report.period.from(),
            to: report.period.to(),
            requested_at: report.requested_at,
        }
    }
}
