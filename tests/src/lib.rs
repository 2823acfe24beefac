//! Support for the tests of cargo layers that need a whole workspace: where things
//! are, what fixtures expect, copies to break, and the real binary.

pub mod binary;
pub mod fixture;
pub mod generate;
pub mod git;
pub mod holding;
pub mod judgement;
pub mod marks;
pub mod order;
pub mod pack_pages;
pub mod repository;
pub mod resolution;
pub mod runner;
pub mod tree;
