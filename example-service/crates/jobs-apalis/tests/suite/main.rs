//! Everything that apalis and what is built around it promise, on real databases.

mod databases;
mod migrations;
mod postgres;
mod sqlite;
mod workers;
