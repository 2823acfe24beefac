//! What works in Redis: a real one, which `scripts/with-services` starts.

use std::time::Duration;

use ::redis::Client;
use ::redis::aio::{ConnectionManager, ConnectionManagerConfig};
use application::ports::{Cache, CacheKey, Quota, RateLimiter};
use domain::catalog::ProductId;
use infrastructure::cache::RedisCache;
use infrastructure::rate_limit::RedisRateLimiter;

async fn connection() -> ConnectionManager {
    let url = std::env::var("TEST_REDIS_URL").expect(
        "TEST_REDIS_URL tells of no Redis: run the tests by `scripts/with-services cargo test`",
    );
    let client = Client::open(url).expect("the address of a Redis");
    ConnectionManager::new(client).await.expect("a Redis that answers")
}

async fn cache() -> RedisCache {
    RedisCache::new(connection().await)
}

async fn rate_limiter() -> RedisRateLimiter {
    RedisRateLimiter::new(connection().await)
}

testkit::cache_contracts!(cache);
testkit::rate_limiter_contracts!(rate_limiter);

/// A connection to where nothing listens.
fn dead_connection() -> ConnectionManager {
    let client = Client::open("redis://127.0.0.1:1").expect("an address");
    let config = ConnectionManagerConfig::new()
        .set_number_of_retries(0)
        .set_connection_timeout(Some(Duration::from_millis(200)));
    ConnectionManager::new_lazy_with_config(client, config).expect("no connection is made yet")
}

#[tokio::test]
async fn a_cache_that_does_not_answer_is_empty() {
    let cache = RedisCache::new(dead_connection());
    let key = CacheKey::product(ProductId::new(testkit::builders::fresh_id()));
    cache.put(&key, vec![1], Duration::from_mins(1)).await;
    assert_eq!(cache.get(&key).await, None);
    cache.remove(&key).await;
}

#[tokio::test]
async fn a_limiter_that_does_not_answer_is_an_error() {
    let limiter = RedisRateLimiter::new(dead_connection());
    let quota = Quota::try_new(1, Duration::from_mins(1)).expect("it is a quota");
    assert!(limiter.check("someone", quota).await.is_err());
}
