//! Supplies the facts of a workspace to the rules and shows what they find.

pub mod analysis;
pub mod config;
pub mod facts;
pub mod parse;
pub mod resolve;
pub mod source;
pub mod tree;
pub mod workspace;
