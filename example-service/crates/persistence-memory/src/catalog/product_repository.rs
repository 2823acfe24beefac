//! Keeps products in memory.

use application::ports::{ProductRepository, RepositoryError, UniqueConstraint};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::catalog::{Product, ProductId, ProductSnapshot};

use crate::staged::Staged;
use crate::state::{insert, of_version};

/// Keeps products in memory.
pub(crate) struct MemoryProductRepository<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryProductRepository<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl ProductRepository for MemoryProductRepository<'_> {
    async fn find(&mut self, id: ProductId) -> Result<Option<Product>, RepositoryError> {
        Ok(self.staged.state().products.get(&id).cloned().map(Product::rehydrate))
    }

    async fn find_all(&mut self, ids: &[ProductId]) -> Result<Vec<Product>, RepositoryError> {
        let products = self.staged.state().products.values();
        let meant = products.filter(|product| ids.contains(&product.id));
        Ok(meant.cloned().map(Product::rehydrate).collect())
    }

    async fn find_for_sale_by(
        &mut self,
        seller: UserId,
        limit: u32,
    ) -> Result<Vec<Product>, RepositoryError> {
        let products = self.staged.state().products.values();
        let meant = products.filter(|product| product.seller == seller && !product.is_archived);
        Ok(meant.take(limit as usize).cloned().map(Product::rehydrate).collect())
    }

    async fn add(&mut self, product: &Product) -> Result<(), RepositoryError> {
        let row = product.snapshot();
        self.staged.change(move |state| {
            insert(&mut state.products, row.id, row.clone(), UniqueConstraint::Id)
        })
    }

    async fn update(&mut self, product: &Product) -> Result<(), RepositoryError> {
        let loaded = product.version();
        let row = ProductSnapshot { version: loaded.next(), ..product.snapshot() };
        self.staged.change(move |state| {
            *of_version(&mut state.products, &row.id, loaded, |row| row.version)? = row.clone();
            Ok(())
        })
    }

    async fn update_stock(&mut self, products: &[Product]) -> Result<(), RepositoryError> {
        for product in products {
            let (id, loaded, stock) = (product.id(), product.version(), product.stock());
            self.staged.change(move |state| {
                let row = of_version(&mut state.products, &id, loaded, |row| row.version)?;
                (row.stock, row.version) = (stock, loaded.next());
                Ok(())
            })?;
        }
        Ok(())
    }
}
