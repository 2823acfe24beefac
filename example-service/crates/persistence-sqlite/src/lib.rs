//! Keeps everything in a `SQLite` file.
//!
//! [`SqliteStore`] is all of it: it begins units of work, shows things, keeps the files of
//! reports, and hands out events and jobs. `SQLite` has one writer at a time, so the store has
//! one connection that writes, and units of work queue for it; readers see the last commit
//! meanwhile.

mod accounts;
mod catalog;
mod errors;
mod ids;
mod messages;
mod migrations;
mod orders;
mod pool;
mod readiness;
mod reports;
mod store;
mod timestamp;
mod unit_of_work;

pub use errors::unique_constraint_of;
pub use pool::OpenError;
pub use store::SqliteStore;
