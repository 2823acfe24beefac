//! A clock that stands still.

use std::sync::{Mutex, PoisonError};

use application::ports::Clock;
use time::{Duration, OffsetDateTime};

use crate::builders::START;

/// A clock that stands still until it is moved.
pub struct FixedClock(Mutex<OffsetDateTime>);

impl FixedClock {
    /// A clock that shows [`START`].
    #[must_use]
    pub fn new() -> Self {
        Self(Mutex::new(START))
    }

    /// Moves it.
    pub fn advance(&self, by: Duration) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) += by;
    }
}

impl Default for FixedClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for FixedClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
