//! The cache, and what counts requests: in the process, or in Redis for all processes.

use std::sync::Arc;

use application::ports::{Cache, RateLimiter};
use infrastructure::cache::{MemoryCache, RedisCache};
use infrastructure::rate_limit::{FallbackRateLimiter, MemoryRateLimiter, RedisRateLimiter};
use infrastructure::redis::connect;
use secrecy::ExposeSecret;

use crate::config::Config;
use crate::failure::Failure;

/// What requests have in common beside the database.
pub(super) struct SharedMemory {
    pub(super) cache: Arc<dyn Cache>,
    pub(super) limiter: Arc<dyn RateLimiter>,
}

/// The cache and the limiter that the settings ask for. While Redis does not answer nothing is
/// kept at hand, and each process counts for itself.
pub(super) fn choose(config: &Config) -> Result<SharedMemory, Failure> {
    let in_process = Arc::new(MemoryRateLimiter::default());
    let Some(url) = &config.redis.url else {
        let cache = Arc::new(MemoryCache::new(config.cache.capacity));
        return Ok(SharedMemory { cache, limiter: in_process });
    };
    let redis = connect(url.expose_secret());
    let redis = redis.map_err(|error| config.problem("redis.url", error))?;
    let shared = Arc::new(RedisRateLimiter::new(redis.clone()));
    let limiter = FallbackRateLimiter::new(shared, in_process);
    Ok(SharedMemory { cache: Arc::new(RedisCache::new(redis)), limiter: Arc::new(limiter) })
}
