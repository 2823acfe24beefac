//! What is measured, and where it can be read. Whoever starts the service decides what takes
//! the measurements, and hands over the page; without a page there is none.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use metrics::{Unit, describe_gauge, describe_histogram};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{HttpState, Problem, ProblemType};

/// How long requests take, by `method`, `route` and `status`; and so how many there are.
pub const REQUEST_DURATION: &str = "http_server_request_duration_seconds";
/// How many requests are being answered.
pub(crate) const IN_FLIGHT: &str = "http_server_active_requests";
/// How many SQL statements a request takes, by `method` and `route`. Whoever starts the service
/// counts them, and records them under this name.
pub const REQUEST_STATEMENTS: &str = "http_server_request_statements";

/// Writes all measurements in the text format of Prometheus.
pub type MeasurementPage = Arc<dyn Fn() -> String + Send + Sync>;

/// Says what each measurement means.
pub(crate) fn describe() {
    describe_histogram!(REQUEST_DURATION, Unit::Seconds, "How long requests take.");
    describe_gauge!(IN_FLIGHT, Unit::Count, "How many requests are being answered.");
    describe_histogram!(REQUEST_STATEMENTS, Unit::Count, "How many SQL statements requests take.");
}

/// For what collects measurements.
pub(crate) fn routes() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(routes!(measurements))
}

/// What is measured of the service, in the text format of Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "operations",
    responses((status = 200, description = "All measurements", body = String,
        content_type = "text/plain")))]
pub(crate) async fn measurements(State(state): State<HttpState>) -> Response {
    let Some(page) = &state.measurements else {
        return Problem::new(ProblemType::NotFound, "nothing is measured").into_response();
    };
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], page()).into_response()
}
