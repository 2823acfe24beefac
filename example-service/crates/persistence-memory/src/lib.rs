//! Everything in memory, with the transactions that databases have: for tests, and for a
//! first look without a database.
//!
//! A unit of work changes a copy and writes down what it did. To commit is to do the same to
//! what is there by then: versions and unique constraints are checked once more, so of two
//! that collide the second gets a conflict, and those that do not collide both pass. A user who
//! is held or changed by a unit of work is a conflict to all others at once.

mod accounts;
mod catalog;
mod holds;
mod jobs;
mod messages;
mod orders;
mod reports;
mod staged;
mod state;
mod store;
mod unit_of_work;

pub use jobs::MemoryJobs;
pub use store::MemoryStore;
