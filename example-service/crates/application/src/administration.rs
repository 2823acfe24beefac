//! What admins do with users.

pub mod commands;
pub mod queries;
