//! The programs as they are started: the real server over a `SQLite` file and a PostgreSQL
//! database, and what the settings make of it.

mod browser;
mod client;
mod configuration;
mod conflicts;
mod jobs;
mod operations;
mod process;
mod readme;
mod replicas;
mod secrets;
mod security;
mod shop;
mod smtp;
mod stopping;
mod storage;
mod transcript;
mod worker;
