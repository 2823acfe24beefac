//! What every request passes before a handler sees it, and every answer after.

mod authenticate;
mod client_ip;
mod cookie;
mod cross_origin;
mod measure;
mod problems;
mod rate_limit;
mod request_id;
mod security_headers;
mod tracing_spans;

pub(crate) use authenticate::authenticate;
pub(crate) use cookie::{access_cookie, cookie_name, removal_cookie};
pub(crate) use cross_origin::{cors, cross_origin_protection};
pub use measure::known_method;
pub(crate) use measure::measure_requests;
pub(crate) use problems::{describe_problems, panicked};
pub(crate) use rate_limit::{limit_login, limit_requests};
pub(crate) use request_id::{RequestId, assign_request_id};
pub(crate) use security_headers::{add_security_headers, docs_policy};
pub(crate) use tracing_spans::trace_requests;
