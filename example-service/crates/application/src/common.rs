//! What use cases of every context share.

mod keyset_page;
mod operation;
mod page_limit;
mod retry_on_conflict;
mod stamps;

pub use keyset_page::KeysetPage;
pub use operation::{Operation, UseCase};
pub use page_limit::{PageLimit, PageLimitError};
pub use retry_on_conflict::{RetryOnConflict, RetryPolicy, Retryable};
pub use stamps::Stamps;
