//! The tests that need a whole workspace, in one program.

mod action;
mod book;
mod cli;
mod compile;
mod conventions;
mod coverage;
mod custom_rules;
mod determinism;
mod documents;
mod dogfood;
mod fixtures;
mod holding;
mod oracle;
mod packs;
mod page;
mod proof;
mod resolver;
mod schema;
mod transcripts;
#[cfg(unix)]
mod untrusted;
