//! Sessions in a real Redis, which `scripts/with-services` starts.

mod failures;
mod forgetting;
mod logins;
mod memory;
mod postgres;
mod store;
