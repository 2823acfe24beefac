//! Limits that the process counts for itself.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use application::ports::{Quota, RateLimitDecision, RateLimiter, Unavailable};
use async_trait::async_trait;
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;

type Counts = governor::RateLimiter<
    String,
    DefaultKeyedStateStore<String>,
    DefaultClock,
    StateInformationMiddleware,
>;

/// After so many checks, what has been used up long ago is forgotten.
const TIDY_AFTER: u32 = 4096;

/// Counts in memory.
#[derive(Default)]
pub struct MemoryRateLimiter {
    by_quota: RwLock<HashMap<Quota, Arc<Counts>>>,
    checks: AtomicU32,
}

impl MemoryRateLimiter {
    fn counts(&self, quota: Quota, of_governor: governor::Quota) -> Arc<Counts> {
        let known = self.by_quota.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(counts) = known.get(&quota) {
            return Arc::clone(counts);
        }
        drop(known);
        let mut known = self.by_quota.write().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(governor::RateLimiter::keyed(of_governor).with_middleware());
        Arc::clone(known.entry(quota).or_insert_with(new))
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn check(&self, key: &str, quota: Quota) -> Result<RateLimitDecision, Unavailable> {
        let requests = quota.requests();
        let of_governor = governor::Quota::with_period(quota.interval())
            .ok_or_else(|| Unavailable::new("governor counts in longer times"))?
            .allow_burst(requests);
        let counts = self.counts(quota, of_governor);
        if self.checks.fetch_add(1, Ordering::Relaxed) % TIDY_AFTER == TIDY_AFTER - 1 {
            counts.retain_recent();
        }
        let interval = of_governor.replenish_interval();
        Ok(match counts.check_key(&key.to_owned()) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                RateLimitDecision {
                    is_allowed: true,
                    remaining,
                    retry_after: Duration::ZERO,
                    reset_after: interval * (requests.get() - remaining),
                }
            }
            Err(not_until) => {
                let retry_after = not_until.wait_time_from(DefaultClock::default().now());
                RateLimitDecision {
                    is_allowed: false,
                    remaining: 0,
                    retry_after,
                    reset_after: retry_after + interval * (requests.get() - 1),
                }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_has_not_asked_for_long_is_forgotten() {
        let limiter = MemoryRateLimiter::default();
        let quota = Quota::try_new(1, Duration::from_micros(1)).expect("it is a quota");
        for number in 0..TIDY_AFTER {
            limiter.check(&number.to_string(), quota).await.expect("a count");
        }
        let known = limiter.by_quota.read().expect("no panic");
        assert!(known[&quota].len() < 100);
    }
}
