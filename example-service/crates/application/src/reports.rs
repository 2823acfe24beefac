//! Reports about what was bought.

pub mod commands;
pub mod common;
pub mod queries;
