//! Keeps sessions in Redis, and everything else where it was.
//!
//! [`RedisAccounts`] is put around the units of work of another store. What they do to
//! sessions waits until they commit, and is then done in two steps, each of which happens as a
//! whole or not at all:
//!
//! - Before the other store commits, sessions are ended and renewed. Whoever was faster makes
//!   this a conflict, and nothing has changed.
//! - After the other store has committed, new sessions begin.
//!
//! Between the two anything may break. Then someone is logged out who need not be, and nobody
//! is logged in who must not.
//!
//! [`RedisSessionReads`] asks Redis for the session, and the other store for its user: what
//! someone may do is what they may do today, and deactivating a user ends nothing in Redis
//! that this would not notice.

mod accounts;
mod change;
mod codec;
mod errors;
mod keys;
mod session_reads;
mod session_record;
mod session_repository;
mod session_store;
mod staged;
mod unit_of_work;
mod user_repository;

pub use accounts::RedisAccounts;
pub use session_reads::RedisSessionReads;
pub use session_store::RedisSessionStore;
