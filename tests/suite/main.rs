//! The tests that need a whole workspace, in one program.

mod compile;
mod coverage;
