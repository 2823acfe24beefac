//! What is done about reports.

use application::reports::queries::{GetReport, GetReportFile};
use axum::Json;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use domain::reports::ReportId;

use super::schemas::{ReportResponse, RequestOrderReportRequest};
use crate::extractors::{CurrentActor, PathId, ValidJson};
use crate::responses::{Created, IdResponse};
use crate::{HttpState, Problem};

/// Ask for a report about the own orders.
#[utoipa::path(post, path = "/reports/orders", tag = "reports",
    request_body = RequestOrderReportRequest,
    responses((status = 202, description = "The report is being made", body = IdResponse)))]
pub(crate) async fn request_order_report(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidJson(request): ValidJson<RequestOrderReportRequest>,
) -> Result<Created, Problem> {
    let command = request.into_command(actor);
    let id = state.use_cases.reports.request_order_report.execute(command).await?;
    Ok(Created::accepted_within("reports", id.get()))
}

/// See how far a report of yours is.
#[utoipa::path(get, path = "/reports/{id}", tag = "reports",
    params(("id" = Uuid, Path, description = "The report")),
    responses(
        (status = 200, description = "The report", body = ReportResponse),
        (status = 404, description = "You have no such report")))]
pub(crate) async fn get_report(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<Json<ReportResponse>, Problem> {
    let query = GetReport { actor, report: ReportId::new(id) };
    let report = state.use_cases.reports.get_report.execute(query).await?;
    Ok(Json(report.into()))
}

/// Fetch the file of a report of yours.
#[utoipa::path(get, path = "/reports/{id}/file", tag = "reports",
    params(("id" = Uuid, Path, description = "The report")),
    responses(
        (status = 200, description = "One row for each line of each order", body = String, content_type = "text/csv"),
        (status = 404, description = "You have no such report"),
        (status = 409, description = "The report is not ready yet")))]
pub(crate) async fn get_report_file(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<impl IntoResponse, Problem> {
    let query = GetReportFile { actor, report: ReportId::new(id) };
    let file = state.use_cases.reports.get_report_file.execute(query).await?;
    let disposition = format!("attachment; filename=\"orders-{id}.csv\"");
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, disposition)];
    Ok((headers, file))
}
