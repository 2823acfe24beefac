//! The fakes keep the contracts of what they stand for.

use testkit::fakes::{CountingRateLimiter, MapCache};

#[expect(clippy::unused_async, reason = "contracts wait for caches, as some have to be waited for")]
async fn cache() -> MapCache {
    MapCache::default()
}

#[expect(
    clippy::unused_async,
    reason = "contracts wait for limiters, as some have to be waited for"
)]
async fn rate_limiter() -> CountingRateLimiter {
    CountingRateLimiter::default()
}

testkit::cache_contracts!(cache);
testkit::rate_limiter_contracts!(rate_limiter);
