//! Keeps sessions in Redis, and everything else where it was.
//!
//! [`RedisAccounts`] is put around the units of work of another store. What they do to
//! sessions waits until they commit, and is then done in one step, as a whole or not at all,
//! just before the other store commits. Whoever was faster makes this a conflict, and nothing
//! has changed.
//!
//! The other store holds the user of each new session until it has committed
//! ([`find_held`](application::ports::UserRepository::find_held)). So whoever ends all sessions
//! because of a new password comes before, and the old one lets nobody in; or comes after, and
//! finds the session in Redis.
//!
//! Between the two steps anything may break. If the other store does not commit, new sessions
//! are forgotten again; if that fails too, they are left until they expire, but nobody was given
//! their tokens. So someone may be logged out who need not be, and nobody is logged in who must
//! not.
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
