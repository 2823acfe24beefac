//! Ways back in for those who have forgotten their password.

pub mod commands;
pub mod queries;
