//! What is bought.

pub mod commands;
pub mod common;
pub mod queries;
