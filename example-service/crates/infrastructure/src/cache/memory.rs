//! Copies in the memory of the process.

use std::time::{Duration, Instant};

use application::ports::{Cache, CacheKey};
use async_trait::async_trait;
use moka::Expiry;

/// Keeps copies in memory, the most used ones if there are too many. Other processes do
/// not see that something was removed here.
#[derive(Clone)]
pub struct MemoryCache {
    entries: moka::future::Cache<CacheKey, Entry>,
}

#[derive(Clone)]
struct Entry {
    value: Vec<u8>,
    time_to_live: Duration,
}

struct ByEntry;

impl Expiry<CacheKey, Entry> for ByEntry {
    fn expire_after_create(&self, _: &CacheKey, entry: &Entry, _: Instant) -> Option<Duration> {
        Some(entry.time_to_live)
    }

    fn expire_after_update(
        &self,
        _: &CacheKey,
        entry: &Entry,
        _: Instant,
        _: Option<Duration>,
    ) -> Option<Duration> {
        Some(entry.time_to_live)
    }
}

impl MemoryCache {
    /// A cache of at most `bytes` bytes of keys and values.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        let weight = |key: &CacheKey, entry: &Entry| {
            u32::try_from(key.as_str().len() + entry.value.len()).unwrap_or(u32::MAX)
        };
        let entries = moka::future::Cache::builder()
            .max_capacity(bytes)
            .weigher(weight)
            .expire_after(ByEntry)
            .build();
        Self { entries }
    }
}

#[async_trait]
impl Cache for MemoryCache {
    async fn get(&self, key: &CacheKey) -> Option<Vec<u8>> {
        self.entries.get(key).await.map(|entry| entry.value)
    }

    async fn put(&self, key: &CacheKey, value: Vec<u8>, time_to_live: Duration) {
        self.entries.insert(key.clone(), Entry { value, time_to_live }).await;
    }

    async fn remove(&self, key: &CacheKey) {
        self.entries.invalidate(key).await;
    }
}
