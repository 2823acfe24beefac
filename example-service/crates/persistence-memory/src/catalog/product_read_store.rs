//! Shows products out of memory.

use application::ports::{ProductDetails, ProductFilter, ProductReadStore, RepositoryError};
use async_trait::async_trait;
use domain::catalog::{ProductId, ProductSnapshot};

use crate::store::MemoryStore;

fn details(product: &ProductSnapshot) -> ProductDetails {
    ProductDetails {
        id: product.id,
        seller: product.seller,
        name: product.name.as_str().to_owned(),
        description: product.description.as_str().to_owned(),
        price: product.price,
        stock: product.stock,
        created_at: product.created_at,
    }
}

fn has(product: &ProductSnapshot, search: &str) -> bool {
    let search = search.to_ascii_lowercase();
    [product.name.as_str(), product.description.as_str()]
        .iter()
        .any(|text| text.to_ascii_lowercase().contains(&search))
}

#[async_trait]
impl ProductReadStore for MemoryStore {
    async fn find(&self, id: ProductId) -> Result<Option<ProductDetails>, RepositoryError> {
        let state = self.lock();
        let found = state.products.get(&id).filter(|product| !product.is_archived);
        Ok(found.map(details))
    }

    async fn list(&self, filter: &ProductFilter) -> Result<Vec<ProductDetails>, RepositoryError> {
        let state = self.lock();
        let is_meant = |product: &&ProductSnapshot| {
            !product.is_archived
                && filter.after.is_none_or(|after| product.id < after)
                && filter.search.as_ref().is_none_or(|search| has(product, search))
        };
        let meant = state.products.values().rev().filter(is_meant);
        Ok(meant.take(filter.limit as usize).map(details).collect())
    }
}
