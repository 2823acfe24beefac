//! All routes, and what every request passes on its way to them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;
use utoipa_axum::router::OpenApiRouter;

use crate::middleware::{
    add_security_headers, assign_request_id, authenticate, cors, cross_origin_protection,
    describe_problems, limit_login, limit_requests, measure_requests, panicked, trace_requests,
};
use crate::{
    ConfigurationError, HttpState, Problem, ProblemType, accounts, administration, catalog, docs,
    health, jobs, measurements, openapi, orders, recovery, reports, sessions,
};

/// Why there is no service.
#[derive(Debug)]
pub enum RouterError {
    /// A setting is wrong.
    Configuration(ConfigurationError),
    /// The description of the API cannot be written as JSON.
    Description(serde_json::Error),
}

impl std::fmt::Display for RouterError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Configuration(error) => error.fmt(formatter),
            Self::Description(_) => {
                formatter.write_str("the description of the API cannot be written as JSON")
            }
        }
    }
}

impl std::error::Error for RouterError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Configuration(error) => error.source(),
            Self::Description(error) => Some(error),
        }
    }
}

impl From<ConfigurationError> for RouterError {
    fn from(error: ConfigurationError) -> Self {
        Self::Configuration(error)
    }
}

/// The service, ready to be served with `into_make_service_with_connect_info::<SocketAddr>()`:
/// without the addresses of clients they would all be counted as one.
///
/// # Errors
///
/// When an allowed origin is none, or the API cannot be described.
pub fn router(state: HttpState) -> Result<Router, RouterError> {
    let settings = state.settings.clone();
    measurements::describe();
    let mut documented = OpenApiRouter::with_openapi(openapi::frame(&settings))
        .nest("/api/v1", api(&state))
        .merge(health::routes());
    if state.measurements.is_some() {
        documented = documented.merge(measurements::routes());
    }
    let (mut router, mut document) = documented.split_for_parts();
    openapi::complete(&mut document);
    let document = serde_json::to_string(&document).map_err(RouterError::Description)?;
    let described = move || async move { ([(CONTENT_TYPE, "application/json")], document) };
    router = router.route("/openapi.json", get(described));
    if settings.has_docs {
        router = router.merge(docs::routes());
    }
    // Each layer is around those before it.
    Ok(router
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(settings.body_limit))
        .layer(cross_origin_protection(&settings)?)
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            settings.request_timeout,
        ))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(describe_problems))
        .layer(cors(&settings)?)
        .layer(from_fn_with_state(state.clone(), add_security_headers))
        .layer(from_fn(trace_requests))
        .layer(from_fn(measure_requests))
        .layer(from_fn(assign_request_id))
        .with_state(state))
}

fn api(state: &HttpState) -> OpenApiRouter<HttpState> {
    let for_anyone = accounts::routes::for_anyone().merge(catalog::routes::for_anyone());
    let for_login = accounts::routes::for_login()
        .merge(recovery::routes::for_login())
        .route_layer(from_fn_with_state(state.clone(), limit_login));
    let mut for_users = accounts::routes::for_users()
        .merge(sessions::routes::for_users())
        .merge(administration::routes::for_users())
        .merge(catalog::routes::for_users())
        .merge(orders::routes::for_users())
        .merge(reports::routes::for_users())
        .merge(jobs::routes::for_users());
    if state.settings.has_mail_preview {
        for_users = for_users.merge(recovery::routes::for_preview());
    }
    openapi::require_login(for_users.get_openapi_mut());
    let for_users = for_users.route_layer(from_fn_with_state(state.clone(), authenticate));
    for_anyone
        .merge(for_login)
        .merge(for_users)
        .fallback(nothing_here)
        .layer(from_fn_with_state(state.clone(), limit_requests))
}

async fn nothing_here() -> Problem {
    Problem::new(ProblemType::NotFound, "nothing is at this address")
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;

    #[test]
    fn an_error_says_what_it_is() {
        let origin = RouterError::from(ConfigurationError("shop".to_owned()));
        assert_eq!(origin.to_string(), "`shop` is no origin like https://shop.example.com");
        let cause = serde_json::from_str::<u8>("").expect_err("nothing is no number");
        let description = RouterError::Description(cause);
        assert!(description.to_string().starts_with("the description of the API"));
        assert!(description.source().is_some_and(|cause| cause.to_string().contains("EOF")));
    }
}
