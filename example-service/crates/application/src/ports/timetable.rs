//! What is due again and again.

use async_trait::async_trait;
use time::OffsetDateTime;

/// Tells when something is due that is done again and again.
#[async_trait]
pub trait Timetable: Send + Sync {
    /// Waits until it is due, and gives the time that the timetable has for it, which is the
    /// same for all who wait.
    async fn next_due(&self) -> OffsetDateTime;
}
