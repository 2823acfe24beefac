//! What every adapter of a port has to do.
//!
//! Each contract is a function that takes an empty backend and panics when something is
//! not as the port says. The macros make a test of each: they need the crate `tokio` with
//! `macros` and `rt-multi-thread`.

#![expect(clippy::missing_panics_doc, reason = "every contract panics when it is broken")]

pub mod access_tokens;
pub mod atomicity;
pub mod caches;
pub mod concurrency;
pub mod enqueued_jobs;
pub mod idempotency_keys;
pub mod jobs;
pub mod logins;
pub mod one_time_tokens;
pub mod opaque_tokens;
pub mod order_lists;
pub mod orders;
pub mod outbox;
pub mod passwords;
pub mod product_lists;
pub mod products;
pub mod rate_limiters;
pub mod refusals;
pub mod reports;
pub mod retries;
pub mod sessions;
pub mod user_lists;
pub mod users;

mod backend;
mod macros;
mod steps;

pub use backend::Backend;
