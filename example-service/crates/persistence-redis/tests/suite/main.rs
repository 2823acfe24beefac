//! Sessions in a real Redis, which `scripts/with-services` starts.

mod failures;
mod forgetting;
mod memory;
mod postgres;
mod store;
