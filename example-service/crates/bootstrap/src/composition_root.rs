//! Where everything is put together, by hand: the only place that knows which adapter stands
//! behind which port.
//!
//! There are two scopes. The scope of the application is made once, when the process starts:
//! pools of connections, the cache, what hashes and signs. The scope of a request is what a
//! use case makes for itself while it runs: its unit of work, which begins with a transaction
//! of its own and ends when it is committed or dropped. So nothing has to be put together for a
//! request, and nothing of it can outlive it.

mod accounts;
mod administration;
mod application_scope;
mod catalog;
mod database;
mod jobs;
mod orders;
mod recovery;
mod reports;
mod sessions;
mod shared_memory;
mod stores;
mod worker;

pub use application_scope::ApplicationScope;
pub use database::Database;
pub use jobs::Jobs;
pub use stores::Stores;
