//! Keeps everything in memory, with real transactions.

mod read_store;
mod repositories;
mod store;
mod unit_of_work;

pub use store::MemoryStore;
