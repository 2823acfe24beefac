//! The last word on errors: whatever has gone wrong, the answer is a problem.

use std::any::Any;

use axum::extract::Request;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::{Problem, ProblemType};

/// Writes the problem of a failed request, with what was asked for. Some failures come from
/// layers and from the router, which know nothing of problems; those get one by their status.
pub(crate) async fn describe_problems(request: Request, next: Next) -> Response {
    let instance = request.uri().path().to_owned();
    let mut response = next.run(request).await;
    let known = response.extensions_mut().remove::<Problem>();
    let Some(problem) = known.or_else(|| Problem::of_status(response.status())) else {
        return response;
    };
    let mut described = problem.to_response(Some(&instance));
    for (name, value) in response.headers() {
        // Allow, Retry-After and the like stay; what is about the former body does not.
        if name != CONTENT_LENGTH && name != CONTENT_TYPE && !described.headers().contains_key(name)
        {
            described.headers_mut().append(name, value.clone());
        }
    }
    described
}

/// The answer of a handler that has panicked.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over so")]
pub(crate) fn panicked(cause: Box<dyn Any + Send + 'static>) -> Response {
    let text = cause.downcast_ref::<&str>().copied();
    let text = text.or_else(|| cause.downcast_ref::<String>().map(String::as_str));
    tracing::error!(panic = text.unwrap_or("of another kind"), "a handler has panicked");
    Problem::new(ProblemType::Internal, "this is our fault, and we were told of it").into_response()
}
