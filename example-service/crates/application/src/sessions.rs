//! Where users have logged in.

pub mod commands;
pub mod queries;
