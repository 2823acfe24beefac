//! What every handler can reach.

use std::sync::Arc;

use application::ports::{RateLimiter, Readiness};

use crate::{HttpSettings, MeasurementPage, UseCases};

/// What every handler can reach. It is shared, so that cloning it costs little.
#[derive(Clone)]
pub struct HttpState {
    pub(crate) use_cases: Arc<UseCases>,
    pub(crate) limiter: Arc<dyn RateLimiter>,
    pub(crate) readiness: Arc<[Arc<dyn Readiness>]>,
    pub(crate) settings: Arc<HttpSettings>,
    pub(crate) measurements: Option<MeasurementPage>,
}

impl HttpState {
    /// Puts together what handlers need.
    #[must_use]
    pub fn new(
        use_cases: UseCases,
        limiter: Arc<dyn RateLimiter>,
        readiness: Vec<Arc<dyn Readiness>>,
        settings: HttpSettings,
    ) -> Self {
        Self {
            use_cases: Arc::new(use_cases),
            limiter,
            readiness: readiness.into(),
            settings: Arc::new(settings),
            measurements: None,
        }
    }

    /// Shows this page at `/metrics`.
    #[must_use]
    pub fn with_measurements(self, page: MeasurementPage) -> Self {
        Self { measurements: Some(page), ..self }
    }
}
