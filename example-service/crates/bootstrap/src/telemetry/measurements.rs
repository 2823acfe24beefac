//! Takes what is measured anywhere in the process, for Prometheus.

use std::sync::Arc;
use std::time::Duration;

use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use presentation_http::{MeasurementPage, REQUEST_DURATION, REQUEST_STATEMENTS};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;

/// Upper bounds of how long requests take, in seconds.
const DURATIONS: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Upper bounds of how many statements requests take.
const STATEMENTS: [f64; 8] = [0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 10.0, 20.0];
/// How long measurements wait before they are added up: what waits takes memory.
const PAUSE: Duration = Duration::from_secs(5);

/// What was measured in this process.
#[derive(Clone)]
pub struct Measurements(PrometheusHandle);

impl Measurements {
    /// Takes all measurements of the process from now on.
    pub(super) fn begin() -> Result<Self, Failure> {
        let begun = recorder().and_then(PrometheusBuilder::install_recorder);
        begun.map(Self).map_err(|error| Failure::Telemetry(error.into()))
    }

    /// What shows all of them.
    #[must_use]
    pub fn page(&self) -> MeasurementPage {
        let Self(handle) = self.clone();
        Arc::new(move || handle.render())
    }

    /// Adds up measurements until it is told to stop.
    pub async fn add_up(self, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(PAUSE) => self.0.run_upkeep(),
            }
        }
    }
}

fn recorder() -> Result<PrometheusBuilder, BuildError> {
    let of = |name: &str| Matcher::Full(name.to_owned());
    PrometheusBuilder::new()
        .set_buckets_for_metric(of(REQUEST_DURATION), &DURATIONS)?
        .set_buckets_for_metric(of(REQUEST_STATEMENTS), &STATEMENTS)
}
