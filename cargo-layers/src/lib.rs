//! Supplies the facts of a workspace to the rules and shows what they find.

pub mod analysis;
pub mod baseline;
#[cfg(feature = "cli")]
pub mod command;
pub mod config;
pub mod configuration;
pub mod disk;
pub mod examples;
pub mod facts;
pub mod parse;
pub mod proposal;
pub mod prove;
#[cfg(feature = "query")]
pub mod query;
pub mod report;
pub mod resolve;
#[cfg(feature = "cli")]
pub mod revision;
pub mod source;
pub mod tree;
pub mod workspace;
