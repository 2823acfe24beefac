//! What the marketplace can do, and what it needs from outside for that.
//!
//! Each use case is one file: what is asked for, what may go wrong, and the interactor or
//! query that does it. All of them are [`common::UseCase`]s, so that the outside can hold
//! them without knowing their dependencies. What they need stands in [`ports`], who may do
//! what in [`authorization`].

pub mod accounts;
pub mod administration;
pub mod authorization;
pub mod catalog;
pub mod common;
pub mod jobs;
pub mod orders;
pub mod outbox;
pub mod ports;
pub mod recovery;
pub mod reports;
pub mod sessions;
