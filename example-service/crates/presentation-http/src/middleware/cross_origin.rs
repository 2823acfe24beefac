//! Pages of other sites.
//!
//! Browsers send cookies by themselves, so that a page of another site could act in the name of
//! whoever visits it. Against that, a request that may change something is refused when its
//! browser says that it comes from another site (`Sec-Fetch-Site`, or `Origin` in old browsers)
//! which is not among the allowed origins. Programs that are no browsers send neither header,
//! and are let through: nobody makes them send the cookies of somebody else. Logging in is
//! guarded likewise, so that nobody is logged in to the account of an attacker.

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderName, Method};
use axum::response::{IntoResponse, Response};
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::rate_limit;
use super::request_id::REQUEST_ID;
use crate::{ConfigurationError, HttpSettings, Problem, ProblemType};

/// How what other sites send is answered.
type Refuse = fn(ProtectionError) -> Response;

/// The layer that refuses what other sites send.
pub(crate) fn cross_origin_protection(
    settings: &HttpSettings,
) -> Result<CsrfLayer<Refuse>, ConfigurationError> {
    let mut layer = CsrfLayer::new();
    for origin in &settings.allowed_origins {
        let added = layer.add_trusted_origin(origin);
        layer = added.map_err(|_| ConfigurationError(origin.clone()))?;
    }
    Ok(layer.with_rejection_response(refuse as Refuse))
}

fn refuse(_: ProtectionError) -> Response {
    let detail = "the page that has sent this is of no allowed origin";
    Problem::new(ProblemType::CrossOrigin, detail).into_response()
}

/// The layer that lets pages of the allowed origins read answers.
pub(crate) fn cors(settings: &HttpSettings) -> Result<CorsLayer, ConfigurationError> {
    let exposed = [
        REQUEST_ID,
        RETRY_AFTER,
        rate_limit::LIMIT,
        rate_limit::REMAINING,
        rate_limit::RESET,
        rate_limit::POLICY,
    ];
    Ok(CorsLayer::new()
        .allow_origin(AllowOrigin::list(settings.origins()?))
        .allow_credentials(true)
        .allow_methods([Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE])
        .allow_headers([
            AUTHORIZATION,
            CONTENT_TYPE,
            REQUEST_ID,
            HeaderName::from_static("idempotency-key"),
        ])
        .expose_headers(exposed)
        .max_age(std::time::Duration::from_mins(10)))
}
