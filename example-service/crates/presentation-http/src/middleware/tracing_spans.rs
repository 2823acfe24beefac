//! What the log says of requests: what was asked for and how it went. Headers, bodies and what
//! stands behind the `?` may be secret, and are never written.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;
use tracing::field::Empty;

use super::{RequestId, known_method};

/// Writes a line for each answer, and puts everything that is logged in between in a span.
pub(crate) async fn trace_requests(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let id = request.extensions().get::<RequestId>();
    let id = id.and_then(|RequestId(id)| id.to_str().ok()).unwrap_or_default();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let span = tracing::info_span!(
        "request",
        id,
        method = %request.method(),
        route,
        path = request.uri().path(),
        // What whoever exports traces is told.
        otel.name = format!("{} {route}", known_method(request.method().as_str())),
        otel.kind = "server",
        http.response.status_code = Empty,
    );
    let response = next.run(request).instrument(span.clone()).await;
    let status = response.status().as_u16();
    let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.record("http.response.status_code", status);
    span.in_scope(|| tracing::info!(status, milliseconds, "answered"));
    response
}
