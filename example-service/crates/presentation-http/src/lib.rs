//! The marketplace over HTTP, as JSON.
//!
//! A request passes the [`middleware`], is read by the extractors, becomes a command or query
//! for one use case, and its outcome becomes a schema or a [`Problem`]. Nothing is decided
//! here but what it looks like on the wire.
//!
//! [`middleware`]: crate::router

mod accounts;
mod administration;
mod catalog;
mod docs;
mod extractors;
mod health;
mod jobs;
mod measurements;
mod middleware;
mod openapi;
mod orders;
mod problem;
mod recovery;
mod reports;
mod responses;
mod router;
mod sessions;
mod settings;
mod state;
mod use_cases;

pub use measurements::{MeasurementPage, REQUEST_DURATION, REQUEST_STATEMENTS};
pub use middleware::known_method;
pub use problem::{FieldError, Problem, ProblemType};
pub use router::{RouterError, router};
pub use settings::{ConfigurationError, HttpSettings, RateLimits};
pub use state::HttpState;
pub use use_cases::{
    AccountUseCases, AdministrationUseCases, CatalogUseCases, JobUseCases, OrderUseCases,
    RecoveryUseCases, ReportUseCases, Run, SessionUseCases, UseCases,
};
