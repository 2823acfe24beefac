//! What tests need: builders, fakes of the small ports, and for each large port a contract,
//! a suite of tests that every adapter has to pass.
//!
//! A contract is run by naming how an adapter is set up:
//!
//! ```text
//! async fn backend() -> testkit::contracts::Backend { /* an empty store */ }
//! testkit::store_contracts!(backend);
//! ```

pub mod builders;
pub mod contracts;
pub mod fakes;
