//! Everything that the store in `SQLite` promises, on real files.

mod constraints;
mod contracts;
mod database;
mod migrations;
mod opening;
mod units_of_work;
