//! The programs as they are started: the real server over a `SQLite` file and a PostgreSQL
//! database, and what the settings make of it.

mod browser;
mod client;
mod configuration;
mod conflicts;
mod operations;
mod process;
mod readme;
mod replicas;
mod secrets;
mod security;
mod shop;
mod stopping;
mod storage;
mod transcript;
