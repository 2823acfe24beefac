//! Ids for new things.

use uuid::Uuid;

/// Gives out each id once. Lists are sorted by ids, so that a later one is a larger one, at
/// least by the millisecond.
pub trait IdGenerator: Send + Sync {
    /// An id that was not given out before.
    fn next_id(&self) -> Uuid;
}
