//! Copies in Redis.

use std::time::Duration;

use ::redis::aio::ConnectionManager;
use ::redis::{AsyncCommands, RedisError};
use application::ports::{Cache, CacheKey};
use async_trait::async_trait;

/// Keeps copies in Redis, where all processes see them. While Redis does not answer there
/// are none, and the log says so.
#[derive(Clone)]
pub struct RedisCache {
    redis: ConnectionManager,
}

impl RedisCache {
    /// A cache in this Redis.
    #[must_use]
    pub fn new(redis: ConnectionManager) -> Self {
        Self { redis }
    }
}

fn name(key: &CacheKey) -> String {
    format!("cache:{key}")
}

/// Notes what went wrong.
fn note<T>(result: Result<T, RedisError>) -> Option<T> {
    result.inspect_err(|error| tracing::warn!(%error, "the cache does not answer")).ok()
}

#[async_trait]
impl Cache for RedisCache {
    async fn get(&self, key: &CacheKey) -> Option<Vec<u8>> {
        note(self.redis.clone().get(name(key)).await).flatten()
    }

    async fn put(&self, key: &CacheKey, value: Vec<u8>, time_to_live: Duration) {
        // Redis refuses a time of zero.
        let milliseconds = u64::try_from(time_to_live.as_millis()).unwrap_or(u64::MAX).max(1);
        note(self.redis.clone().pset_ex::<_, _, ()>(name(key), value, milliseconds).await);
    }

    async fn remove(&self, key: &CacheKey) {
        note(self.redis.clone().del::<_, ()>(name(key)).await);
    }
}
