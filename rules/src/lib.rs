//! The vocabulary and the judgement of cargo layers.
//!
//! [`facts`] says what is known of a workspace, [`policy`] what its architects want,
//! and the verbs compare the two and give [`finding::Finding`]s. Nothing in this
//! crate reads a file or knows a syntax tree.

pub mod check;
pub mod context;
pub mod drawing;
pub mod drift;
pub mod exceptions;
pub mod facts;
pub mod finding;
pub mod graph;
pub mod names;
pub mod packs;
pub mod pattern;
pub mod planting;
pub mod policy;
pub mod prose;
pub mod rule;
pub mod suggest;
#[cfg(test)]
mod testing;
pub mod tree;
pub mod verbs;
pub mod view;
