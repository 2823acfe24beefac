//! The body of a request, in full.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use mime::Mime;

use crate::{HttpState, Problem, ProblemType};

/// Reads the body of a request, if it says to be of a type that `is_expected`.
pub(super) async fn read(
    request: Request,
    state: &HttpState,
    expected: &str,
    is_expected: fn(&Mime) -> bool,
) -> Result<Bytes, Problem> {
    if !content_type(request.headers()).is_some_and(|mime| is_expected(&mime)) {
        let detail = format!("send the body with the header `Content-Type: {expected}`");
        return Err(Problem::new(ProblemType::UnsupportedMediaType, detail));
    }
    let patience = state.settings.body_timeout;
    let Ok(body) = tokio::time::timeout(patience, Bytes::from_request(request, state)).await else {
        let detail = format!("the body did not come in within {} s", patience.as_secs_f32());
        return Err(Problem::new(ProblemType::RequestTimeout, detail));
    };
    body.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(state),
        _ => Problem::new(ProblemType::Malformed, "the body broke off"),
    })
}

fn too_large(state: &HttpState) -> Problem {
    let limit = state.settings.body_limit;
    Problem::new(ProblemType::TooLarge, format!("the body has at most {limit} bytes"))
}

fn content_type(headers: &HeaderMap) -> Option<Mime> {
    headers.get(CONTENT_TYPE)?.to_str().ok()?.parse().ok()
}
