//! The tests that need a whole workspace, in one program.

mod cli;
mod compile;
mod coverage;
mod determinism;
mod dogfood;
mod fixtures;
