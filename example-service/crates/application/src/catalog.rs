//! What is for sale.

pub mod commands;
pub mod queries;
