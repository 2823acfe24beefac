//! Numbers for new things.

use std::sync::atomic::{AtomicU64, Ordering};

use application::ports::IdGenerator;

/// Counts from one, for one process.
#[derive(Debug, Default)]
pub struct CountingIds {
    given: AtomicU64,
}

impl IdGenerator for CountingIds {
    fn next_number(&self) -> u64 {
        self.given.fetch_add(1, Ordering::Relaxed) + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_is_given_twice() {
        let ids = CountingIds::default();
        assert_eq!([ids.next_number(), ids.next_number()], [1, 2]);
    }
}
