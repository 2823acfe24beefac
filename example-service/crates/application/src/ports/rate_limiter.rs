//! Who has asked too often.

use std::time::Duration;

use async_trait::async_trait;

use super::Unavailable;

/// How often someone may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Quota {
    /// So many times.
    pub requests: u32,
    /// In such a time.
    pub window: Duration,
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
