//! Ids and times.

use std::sync::atomic::{AtomicU64, Ordering};

use time::OffsetDateTime;
use time::macros::datetime;
use uuid::Uuid;

/// When tests begin.
pub const START: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

static LAST: AtomicU64 = AtomicU64::new(0);

/// An id that no other test of this run has, larger than those before it.
#[must_use]
pub fn fresh_id() -> Uuid {
    Uuid::from_u128(u128::from(LAST.fetch_add(1, Ordering::Relaxed)) + 1)
}
