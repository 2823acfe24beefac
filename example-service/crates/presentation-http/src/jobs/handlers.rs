//! What is told about jobs.

use application::jobs::queries::ListJobs;
use application::ports::JobId;
use axum::Json;
use axum::extract::State;

use super::schemas::JobsResponse;
use crate::extractors::{CurrentActor, KeysetParams, ValidQuery, page_limit};
use crate::{HttpState, Problem};

/// See how jobs are getting on, and which have failed too often.
#[utoipa::path(get, path = "/admin/jobs", tag = "administration",
    params(KeysetParams),
    responses(
        (status = 200, description = "All jobs in numbers, and a part of the dead ones",
            body = JobsResponse),
        (status = 403, description = "You are no super admin")))]
pub(crate) async fn list_jobs(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidQuery(params): ValidQuery<KeysetParams>,
) -> Result<Json<JobsResponse>, Problem> {
    let (before, limit) = (params.cursor.map(JobId::new), page_limit(params.limit)?);
    let board = state.use_cases.jobs.list_jobs.execute(ListJobs { actor, before, limit }).await?;
    Ok(Json(board.into()))
}
