//! The library: a workspace that was read once, rules to hold it to, and what they find.
//!
//! Everything here is re-exported at the root of the crate.

mod builder;
mod error;
mod place;
mod report;
#[cfg(test)]
mod tests;
mod workspace;

pub use builder::Builder;
pub use error::Error;
pub use report::Report;
pub use workspace::Workspace;
