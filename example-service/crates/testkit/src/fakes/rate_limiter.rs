//! A rate limiter that counts in a map.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use application::ports::{Quota, RateLimitDecision, RateLimiter, Unavailable};
use async_trait::async_trait;

/// Counts by windows that begin with the first request.
#[derive(Debug, Default)]
pub struct CountingRateLimiter(Mutex<HashMap<String, (Instant, u32)>>);

#[async_trait]
impl RateLimiter for CountingRateLimiter {
    async fn check(&self, key: &str, quota: Quota) -> Result<RateLimitDecision, Unavailable> {
        let now = Instant::now();
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (begun, count) = windows.entry(key.to_owned()).or_insert((now, 0));
        if now - *begun >= quota.window() {
            (*begun, *count) = (now, 0);
        }
        let is_allowed = *count < quota.requests().get();
        *count += u32::from(is_allowed);
        let left = quota.window().saturating_sub(now - *begun);
        let retry_after = if is_allowed { Duration::ZERO } else { left };
        let remaining = quota.requests().get() - *count;
        Ok(RateLimitDecision { is_allowed, remaining, retry_after, reset_after: left })
    }
}
