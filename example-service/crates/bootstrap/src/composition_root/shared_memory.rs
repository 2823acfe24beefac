//! The cache, and what counts requests: in the process, or in Redis for all processes.

use std::sync::Arc;

use application::ports::{Cache, RateLimiter};
use domain::accounts::SessionPolicy;
use infrastructure::cache::{MemoryCache, RedisCache};
use infrastructure::rate_limit::{FallbackRateLimiter, MemoryRateLimiter, RedisRateLimiter};
use infrastructure::redis::connect;
use persistence_redis::RedisSessionStore;
use secrecy::ExposeSecret;

use crate::config::Config;
use crate::failure::Failure;

/// What the names of sessions in Redis begin with.
const STORE: &str = "marketplace";

/// What requests have in common beside the database.
pub(super) struct SharedMemory {
    pub(super) cache: Arc<dyn Cache>,
    pub(super) limiter: Arc<dyn RateLimiter>,
    /// Where sessions are, unless they are in the database.
    pub(super) sessions: Option<RedisSessionStore>,
}

/// What the settings ask for. While Redis does not answer nothing is kept at hand, and each
/// process counts for itself; but if sessions are there, nobody is known.
pub(super) fn choose(config: &Config, policy: SessionPolicy) -> Result<SharedMemory, Failure> {
    let in_process = Arc::new(MemoryRateLimiter::default());
    let Some(url) = &config.redis.url else {
        if config.redis.sessions {
            return Err(config.problem("redis.sessions", "`redis.url` is not set").into());
        }
        let cache = Arc::new(MemoryCache::new(config.cache.capacity));
        return Ok(SharedMemory { cache, limiter: in_process, sessions: None });
    };
    let redis = connect(url.expose_secret());
    let redis = redis.map_err(|error| config.problem("redis.url", error))?;
    let shared = Arc::new(RedisRateLimiter::new(redis.clone()));
    let limiter = Arc::new(FallbackRateLimiter::new(shared, in_process));
    let sessions = config
        .redis
        .sessions
        .then(|| RedisSessionStore::new(redis.clone(), STORE, policy.absolute_lifetime));
    Ok(SharedMemory { cache: Arc::new(RedisCache::new(redis)), limiter, sessions })
}
