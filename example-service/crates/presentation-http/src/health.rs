//! Whether the service lives, and whether it can work. Orchestrators restart what does not
//! live, and send no requests to what cannot work.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{FieldError, HttpState, Problem, ProblemType};

/// How long something that is needed may take to answer.
const PATIENCE: Duration = Duration::from_secs(2);

/// How the service is.
#[derive(Serialize, ToSchema)]
pub(crate) struct HealthResponse {
    #[schema(example = "ready")]
    status: &'static str,
}

/// For whoever watches over the service.
pub(crate) fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready))
}

/// Does the service live?
#[utoipa::path(get, path = "/livez", tag = "operations",
    responses((status = 200, description = "It lives", body = HealthResponse)))]
pub(crate) async fn live() -> Json<HealthResponse> {
    Json(HealthResponse { status: "live" })
}

/// Can the service work? It asks everything that it needs.
#[utoipa::path(get, path = "/readyz", tag = "operations",
    responses(
        (status = 200, description = "It can work", body = HealthResponse),
        (status = 503, description = "Something that is needed does not answer")))]
pub(crate) async fn ready(State(state): State<HttpState>) -> Result<Json<HealthResponse>, Problem> {
    let mut silent = Vec::new();
    for needed in state.readiness.iter() {
        let answer = tokio::time::timeout(PATIENCE, needed.check()).await;
        if let Ok(Err(error)) = &answer {
            tracing::error!(needed = needed.name(), error = %error.0, "not ready");
        }
        if !matches!(answer, Ok(Ok(()))) {
            let (field, message) = (needed.name().to_owned(), "does not answer".to_owned());
            silent.push(FieldError { field, message });
        }
    }
    if silent.is_empty() {
        return Ok(Json(HealthResponse { status: "ready" }));
    }
    let detail = "something that is needed does not answer";
    Err(Problem::new(ProblemType::Unavailable, detail)
        .with_errors(silent)
        .retry_after(Duration::from_secs(5)))
}
