//! What can be done with orders.

pub mod commands;
pub mod queries;
