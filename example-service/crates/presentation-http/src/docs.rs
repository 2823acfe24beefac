//! A page about the API. Its script comes with the service, so that nothing is loaded from
//! elsewhere.

use axum::Router;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;

use crate::middleware::docs_policy;
use crate::{HttpState, Problem};

/// The page and its script.
pub(crate) fn routes() -> Router<HttpState> {
    Router::new().route("/docs", get(page)).route("/docs/scalar.js", get(script))
}

async fn page() -> Response {
    let mut response = Html(include_str!("docs.html")).into_response();
    response.headers_mut().insert(CONTENT_SECURITY_POLICY, docs_policy());
    response
}

async fn script() -> Result<impl IntoResponse, Problem> {
    let script = scalar_api_reference::get_asset("scalar.js");
    let script = script.ok_or_else(|| Problem::internal(&MissingScript))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    Ok((headers, script))
}

/// The script is not in the program.
#[derive(Debug)]
struct MissingScript;

impl std::fmt::Display for MissingScript {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("the script of the page about the API is missing")
    }
}

impl std::error::Error for MissingScript {}
