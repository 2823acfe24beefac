//! What has happened, on its way to others.

pub mod commands;
