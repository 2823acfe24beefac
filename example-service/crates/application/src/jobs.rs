//! What is done later, on its way to those who do it.

pub mod commands;
pub mod queries;
