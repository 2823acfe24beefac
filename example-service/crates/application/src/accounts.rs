//! Who uses the marketplace.

pub mod commands;
pub mod common;
pub mod queries;
