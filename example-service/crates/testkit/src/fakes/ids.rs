//! Ids that are counted.

use std::sync::atomic::{AtomicU64, Ordering};

use application::ports::IdGenerator;
use uuid::Uuid;

/// Gives out 1, 2, 3 and so on, in a part of all ids that no builder uses.
#[derive(Debug)]
pub struct SequentialIds(AtomicU64);

impl SequentialIds {
    /// Ids from 1 on.
    #[must_use]
    pub fn new() -> Self {
        Self(AtomicU64::new(1))
    }
}

impl Default for SequentialIds {
    fn default() -> Self {
        Self::new()
    }
}

impl IdGenerator for SequentialIds {
    fn next_id(&self) -> Uuid {
        let number = u128::from(self.0.fetch_add(1, Ordering::Relaxed));
        Uuid::from_u128((1 << 96) + number)
    }
}
