//! Limits that all processes count together in Redis.

use std::time::Duration;

use ::redis::Script;
use ::redis::aio::ConnectionManager;
use application::ports::{Quota, RateLimitDecision, RateLimiter, Unavailable};
use async_trait::async_trait;

/// Counts in Redis, by its clock, in one step: two processes cannot both take the last one.
pub struct RedisRateLimiter {
    redis: ConnectionManager,
    script: Script,
}

impl RedisRateLimiter {
    /// Counts in this Redis.
    #[must_use]
    pub fn new(redis: ConnectionManager) -> Self {
        Self { redis, script: Script::new(include_str!("count.lua")) }
    }
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn check(&self, key: &str, quota: Quota) -> Result<RateLimitDecision, Unavailable> {
        let (requests, window) = (quota.requests().get(), quota.window());
        let interval = u64::try_from(quota.interval().as_micros()).unwrap_or(u64::MAX);
        let name = format!("rate-limit:{requests}:{}:{key}", window.as_millis());
        let mut redis = self.redis.clone();
        let mut call = self.script.prepare_invoke();
        call.key(name).arg(interval).arg(requests);
        let answer = call.invoke_async::<(u8, u32, u64, u64)>(&mut redis).await;
        let (is_allowed, remaining, retry_after, reset_after) = answer.map_err(Unavailable::new)?;
        Ok(RateLimitDecision {
            is_allowed: is_allowed == 1,
            remaining,
            retry_after: Duration::from_micros(retry_after),
            reset_after: Duration::from_micros(reset_after),
        })
    }
}
