//! Products, read through a cache.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{
    Cache, CacheKey, ProductDetails, ProductFilter, ProductReadStore, RepositoryError,
};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::catalog::ProductId;
use domain::shared::Money;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use uuid::Uuid;

/// Keeps copies of the products that are asked for one by one. Who changes a product removes
/// its copy; one that was read just before may be kept just after, and shows the product as it
/// was for as long as copies last.
pub struct CachedProductReadStore {
    store: Arc<dyn ProductReadStore>,
    cache: Arc<dyn Cache>,
    lifetime: Duration,
}

impl CachedProductReadStore {
    /// Reads `store`, and keeps copies in `cache` for as long as `lifetime`.
    #[must_use]
    pub fn new(
        store: Arc<dyn ProductReadStore>,
        cache: Arc<dyn Cache>,
        lifetime: Duration,
    ) -> Self {
        Self { store, cache, lifetime }
    }
}

/// A product as it is kept.
#[derive(Serialize, Deserialize)]
struct ProductCopy {
    id: Uuid,
    seller: Uuid,
    name: String,
    description: String,
    amount: i64,
    currency: String,
    stock: u32,
    created_at: i128,
}

impl From<&ProductDetails> for ProductCopy {
    fn from(product: &ProductDetails) -> Self {
        Self {
            id: product.id.get(),
            seller: product.seller.get(),
            name: product.name.clone(),
            description: product.description.clone(),
            amount: product.price.minor(),
            currency: product.price.currency().to_string(),
            stock: product.stock,
            created_at: product.created_at.unix_timestamp_nanos(),
        }
    }
}

impl ProductCopy {
    /// The product, unless the copy was made by another version of this program.
    fn read(bytes: &[u8]) -> Option<ProductDetails> {
        let copy: Self = serde_json::from_slice(bytes).ok()?;
        Some(ProductDetails {
            id: ProductId::new(copy.id),
            seller: UserId::new(copy.seller),
            name: copy.name,
            description: copy.description,
            price: Money::try_new(copy.amount, copy.currency.parse().ok()?).ok()?,
            stock: copy.stock,
            created_at: OffsetDateTime::from_unix_timestamp_nanos(copy.created_at).ok()?,
        })
    }
}

#[async_trait]
impl ProductReadStore for CachedProductReadStore {
    async fn find(&self, id: ProductId) -> Result<Option<ProductDetails>, RepositoryError> {
        let key = CacheKey::product(id);
        let copy = self.cache.get(&key).await;
        if let Some(product) = copy.as_deref().and_then(ProductCopy::read) {
            return Ok(Some(product));
        }
        let found = self.store.find(id).await?;
        if let Some(product) = &found
            && let Ok(copy) = serde_json::to_vec(&ProductCopy::from(product))
        {
            self.cache.put(&key, copy, self.lifetime).await;
        }
        Ok(found)
    }

    async fn list(&self, filter: &ProductFilter) -> Result<Vec<ProductDetails>, RepositoryError> {
        self.store.list(filter).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use domain::shared::Currency;

    use super::super::MemoryCache;
    use super::*;

    /// One product, and how often it was read.
    struct Shelf {
        product: ProductDetails,
        reads: AtomicU32,
    }

    #[async_trait]
    impl ProductReadStore for Shelf {
        async fn find(&self, id: ProductId) -> Result<Option<ProductDetails>, RepositoryError> {
            self.reads.fetch_add(1, Ordering::Relaxed);
            Ok((id == self.product.id).then(|| self.product.clone()))
        }

        async fn list(&self, _: &ProductFilter) -> Result<Vec<ProductDetails>, RepositoryError> {
            Ok(vec![self.product.clone()])
        }
    }

    fn shelf() -> Arc<Shelf> {
        let product = ProductDetails {
            id: ProductId::new(Uuid::from_u128(1)),
            seller: UserId::new(Uuid::from_u128(2)),
            name: "Teapot".to_owned(),
            description: "It holds a litre.".to_owned(),
            price: Money::try_new(1999, Currency::Eur).expect("an amount"),
            stock: 3,
            created_at: OffsetDateTime::UNIX_EPOCH + time::Duration::microseconds(7),
        };
        Arc::new(Shelf { product, reads: AtomicU32::new(0) })
    }

    #[tokio::test]
    async fn a_product_is_read_once_until_its_copy_is_removed() {
        let (shelf, cache) = (shelf(), Arc::new(MemoryCache::new(1 << 20)));
        let lifetime = Duration::from_mins(1);
        let store = CachedProductReadStore::new(shelf.clone(), cache.clone(), lifetime);
        let id = shelf.product.id;
        for _ in 0..3 {
            assert_eq!(store.find(id).await.ok().flatten(), Some(shelf.product.clone()));
        }
        assert_eq!(shelf.reads.load(Ordering::Relaxed), 1);
        cache.remove(&CacheKey::product(id)).await;
        assert_eq!(store.find(id).await.ok().flatten(), Some(shelf.product.clone()));
        assert_eq!(shelf.reads.load(Ordering::Relaxed), 2);
    }

    #[tokio::test]
    async fn what_is_not_there_and_what_makes_no_sense_is_not_kept() {
        let (shelf, cache) = (shelf(), Arc::new(MemoryCache::new(1 << 20)));
        let lifetime = Duration::from_mins(1);
        let store = CachedProductReadStore::new(shelf.clone(), cache.clone(), lifetime);
        let missing = ProductId::new(Uuid::from_u128(9));
        assert_eq!(store.find(missing).await.ok(), Some(None));
        assert_eq!(store.find(missing).await.ok(), Some(None));
        assert_eq!(shelf.reads.load(Ordering::Relaxed), 2);
        let key = CacheKey::product(shelf.product.id);
        cache.put(&key, b"of another version".to_vec(), lifetime).await;
        assert_eq!(store.find(shelf.product.id).await.ok().flatten(), Some(shelf.product.clone()));
    }
}
