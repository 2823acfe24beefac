//! What is true of the marketplace, whatever stores it and whatever shows it.
//!
//! Nothing in here reads a clock, rolls dice or waits: times and ids come in as
//! parameters. Aggregates are changed by their own methods only, which give back the event
//! of what happened. `new` cannot fail, `try_new` can, and `rehydrate` is for the mappers
//! of stores: it trusts what was stored.

pub mod accounts;
pub mod catalog;
pub mod orders;
pub mod reports;
pub mod shared;
