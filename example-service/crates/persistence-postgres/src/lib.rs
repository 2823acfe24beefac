//! Keeps everything in a PostgreSQL database.
//!
//! [`PostgresStore`] is all of it: it begins units of work, shows things, keeps the files of
//! reports, and hands out events and jobs. Several replicas may use one database at once.
//! Units of work read what was committed last (`READ COMMITTED`), and every change says which
//! version it is a change of, so that nobody overwrites what they have not seen.

mod accounts;
mod catalog;
mod errors;
mod messages;
mod migrations;
mod orders;
mod pool;
mod readiness;
mod reports;
mod store;
mod unit_of_work;

pub use pool::OpenError;
pub use store::PostgresStore;
