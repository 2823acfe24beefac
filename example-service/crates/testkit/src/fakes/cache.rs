//! A cache that is a map.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use application::ports::{Cache, CacheKey};
use async_trait::async_trait;

/// Keeps everything at hand until its time is over.
#[derive(Debug, Default)]
pub struct MapCache(Mutex<HashMap<CacheKey, (Vec<u8>, Instant)>>);

#[async_trait]
impl Cache for MapCache {
    async fn get(&self, key: &CacheKey) -> Option<Vec<u8>> {
        let map = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (value, until) = map.get(key)?;
        (Instant::now() < *until).then(|| value.clone())
    }

    async fn put(&self, key: &CacheKey, value: Vec<u8>, time_to_live: Duration) {
        let until = Instant::now() + time_to_live;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone(), (value, until));
    }

    async fn remove(&self, key: &CacheKey) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}
