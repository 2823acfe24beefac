//! Everything that the store in PostgreSQL promises, on a real server: that of
//! `TEST_POSTGRES_URL`, which `scripts/with-services` starts.

mod claims;
mod constraints;
mod contracts;
mod database;
mod migrations;
mod opening;
mod units_of_work;
