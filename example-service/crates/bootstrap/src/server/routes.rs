//! Everything that can be asked for.

use axum::Router;
use axum::middleware::from_fn;
use presentation_http::RouterError;

use crate::composition_root::ApplicationScope;
use crate::config::Config;
use crate::failure::Failure;
use crate::telemetry::{Telemetry, take_over_trace};

/// All routes, with what they are measured and traced by.
pub(super) fn routes(
    config: &Config,
    scope: &ApplicationScope,
    telemetry: &Telemetry,
) -> Result<Router, Failure> {
    let state = scope.http_state(config)?.with_measurements(telemetry.measurements.page());
    let router = presentation_http::router(state).map_err(|error| match error {
        RouterError::Configuration(error) => config.problem("http.allowed_origins", error).into(),
        RouterError::Description(error) => Failure::Description(error.into()),
    })?;
    // Around all spans, so that theirs are part of the trace.
    Ok(if telemetry.has_traces() { router.layer(from_fn(take_over_trace)) } else { router })
}
