//! Who has asked too often.

use std::num::NonZeroU32;
use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;

use super::Unavailable;

/// How often someone may ask: at least once, and with at least a microsecond for each time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quota {
    requests: NonZeroU32,
    window: Duration,
}

impl Quota {
    /// So many times in such a time.
    ///
    /// # Errors
    ///
    /// When that is never, or more often than once in a microsecond.
    pub fn try_new(requests: u32, window: Duration) -> Result<Self, QuotaError> {
        let requests = NonZeroU32::new(requests).ok_or(QuotaError::NoRequest)?;
        let quota = Self { requests, window };
        if quota.interval() < Duration::from_micros(1) {
            Err(QuotaError::NoTime)
        } else {
            Ok(quota)
        }
    }

    /// So many times.
    #[must_use]
    pub fn requests(self) -> NonZeroU32 {
        self.requests
    }

    /// In such a time.
    #[must_use]
    pub fn window(self) -> Duration {
        self.window
    }

    /// The time for each, if they come evenly.
    #[must_use]
    pub fn interval(self) -> Duration {
        self.window / self.requests.get()
    }
}

/// This is no quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum QuotaError {
    /// Nobody may ask for anything.
    #[error("a quota has at least one request")]
    NoRequest,
    /// There is no time to count in.
    #[error("a quota has at least a microsecond for each request")]
    NoTime,
}

/// Whether someone may ask once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimitDecision {
    /// Whether this time is within the quota.
    pub is_allowed: bool,
    /// How many more times are.
    pub remaining: u32,
    /// How long to wait before the next time: not at all when this one is allowed.
    pub retry_after: Duration,
    /// How long until the whole quota is there again.
    pub reset_after: Duration,
}

/// Counts how often someone asks.
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Counts one time under `key`. Every key has a count of its own.
    ///
    /// # Errors
    ///
    /// When the count cannot be reached.
    async fn check(&self, key: &str, quota: Quota) -> Result<RateLimitDecision, Unavailable>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quota_of_nothing_is_none() {
        let (minute, tick) = (Duration::from_mins(1), Duration::from_micros(1));
        assert_eq!(Quota::try_new(0, minute), Err(QuotaError::NoRequest));
        assert_eq!(Quota::try_new(1, Duration::ZERO), Err(QuotaError::NoTime));
        assert_eq!(Quota::try_new(2, tick), Err(QuotaError::NoTime));
        assert_eq!(Quota::try_new(1, tick).map(Quota::interval), Ok(tick));
        let quota = Quota::try_new(120, minute).expect("it is a quota");
        assert_eq!((quota.requests().get(), quota.window()), (120, minute));
        assert_eq!(quota.interval(), Duration::from_millis(500));
    }
}
