//! What is kept at hand.

use std::time::Duration;

use application::ports::{Cache, CacheKey};
use domain::catalog::ProductId;

use crate::builders::fresh_id;

const LONG: Duration = Duration::from_mins(1);

fn key() -> CacheKey {
    CacheKey::product(ProductId::new(fresh_id()))
}

/// What is put is got until it is replaced or removed; keys do not get in each other's way.
pub async fn values_are_got_until_removed(cache: &dyn Cache) {
    let (one, other) = (key(), key());
    assert_eq!(cache.get(&one).await, None);
    cache.put(&one, b"first".to_vec(), LONG).await;
    cache.put(&other, b"\0\xff".to_vec(), LONG).await;
    assert_eq!(cache.get(&one).await.as_deref(), Some(&b"first"[..]));
    cache.put(&one, b"second".to_vec(), LONG).await;
    assert_eq!(cache.get(&one).await.as_deref(), Some(&b"second"[..]));
    cache.remove(&one).await;
    cache.remove(&one).await;
    assert_eq!(cache.get(&one).await, None);
    assert_eq!(cache.get(&other).await.as_deref(), Some(&b"\0\xff"[..]));
}

/// What was put is gone when its time is over.
pub async fn values_expire(cache: &dyn Cache) {
    let (short, long) = (key(), key());
    cache.put(&short, b"short".to_vec(), Duration::from_millis(50)).await;
    cache.put(&long, b"long".to_vec(), LONG).await;
    tokio::time::sleep(Duration::from_millis(120)).await;
    assert_eq!(cache.get(&short).await, None);
    assert!(cache.get(&long).await.is_some());
}
