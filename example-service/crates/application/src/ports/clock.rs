//! What time it is.

use time::OffsetDateTime;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The time in UTC, in whole microseconds: what every store keeps.
    fn now(&self) -> OffsetDateTime;
}
