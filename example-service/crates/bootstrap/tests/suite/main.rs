//! The programs as they are started: the real server over a `SQLite` file and a PostgreSQL
//! database, and what the settings make of it.

mod client;
mod configuration;
mod process;
mod secrets;
mod shop;
mod storage;
mod transcript;
