//! What browsers are told to be careful about.

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

use crate::HttpState;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// Nothing in an answer may be run, shown in frames or sent elsewhere.
const NOTHING: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; base-uri 'none'");

/// The page about the API may run its own script, and nothing from elsewhere.
pub(crate) fn docs_policy() -> HeaderValue {
    HeaderValue::from_static(
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; font-src 'self' data:; connect-src 'self'; \
         frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    )
}

/// Adds what is not said by the handler itself.
pub(crate) async fn add_security_headers(
    State(state): State<HttpState>,
    request: Request,
    next: Next,
) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut add = |name: HeaderName, value| {
        headers.entry(name).or_insert(value);
    };
    add(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    add(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    add(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    add(RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
    add(CONTENT_SECURITY_POLICY, NOTHING);
    add(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if state.settings.is_secure {
        let year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        add(STRICT_TRANSPORT_SECURITY, year);
    }
    response
}
