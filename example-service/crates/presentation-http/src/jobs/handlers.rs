//! What is told about jobs, and done to them.

use application::jobs::commands::RetryJob;
use application::jobs::queries::ListJobs;
use application::ports::JobId;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::schemas::JobsResponse;
use crate::extractors::{CurrentActor, KeysetParams, PathId, ValidQuery, page_limit};
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

/// Have a dead job run again, as often as a new one.
#[utoipa::path(post, path = "/admin/jobs/{id}/retry", tag = "administration",
    params(("id" = Uuid, Path, description = "The job")),
    responses(
        (status = 202, description = "The job waits for a worker"),
        (status = 403, description = "You are no super admin"),
        (status = 404, description = "There is no such job"),
        (status = 409, description = "The job is not dead")))]
pub(crate) async fn retry_job(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = RetryJob { actor, job: JobId::new(id) };
    state.use_cases.jobs.retry_job.execute(command).await?;
    Ok(StatusCode::ACCEPTED)
}
