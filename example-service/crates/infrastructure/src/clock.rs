//! What time it is.

use application::ports::Clock;
use time::OffsetDateTime;

/// The clock of the machine.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc().truncate_to_microsecond()
    }
}

#[cfg(test)]
mod tests {
    use time::UtcOffset;

    use super::*;

    #[test]
    fn it_tells_whole_microseconds_in_utc() {
        let before = OffsetDateTime::now_utc();
        let now = SystemClock.now();
        assert_eq!(now.offset(), UtcOffset::UTC);
        assert_eq!(now.nanosecond() % 1_000, 0);
        assert!((now - before).whole_seconds().abs() < 60);
    }
}
