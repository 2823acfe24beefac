//! What is kept at hand.

use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use domain::catalog::ProductId;

/// What something is kept under. Who writes, reads and removes it builds the key here, so
/// that all mean the same.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CacheKey(String);

impl CacheKey {
    /// That of a product as it is shown.
    #[must_use]
    pub fn product(id: ProductId) -> Self {
        Self(format!("product:{id}"))
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CacheKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Keeps things at hand for a while. One that cannot be reached is like an empty one:
/// implementations note it in the log, since no request should fail for want of a copy.
#[async_trait]
pub trait Cache: Send + Sync {
    /// What is kept under a key.
    async fn get(&self, key: &CacheKey) -> Option<Vec<u8>>;

    /// Keeps something under a key, for as long as `time_to_live`.
    async fn put(&self, key: &CacheKey, value: Vec<u8>, time_to_live: Duration);

    /// Forgets what is kept under a key.
    async fn remove(&self, key: &CacheKey);
}
