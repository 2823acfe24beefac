//! The repositories of one unit of work.

use application::ports::{OrderRepository, ProductRepository, RepositoryError};
use domain::catalog::{Product, ProductId};
use domain::orders::{Order, OrderId};

use crate::store::Tables;

pub(crate) struct MemoryProductRepository<'work>(pub(crate) &'work mut Tables);

impl ProductRepository for MemoryProductRepository<'_> {
    fn find(&self, id: ProductId) -> Result<Option<Product>, RepositoryError> {
        Ok(self.0.products.get(&id).cloned())
    }

    fn save(&mut self, product: Product) -> Result<(), RepositoryError> {
        self.0.products.insert(product.id(), product);
        Ok(())
    }
}

pub(crate) struct MemoryOrderRepository<'work>(pub(crate) &'work mut Tables);

impl OrderRepository for MemoryOrderRepository<'_> {
    fn find(&self, id: OrderId) -> Result<Option<Order>, RepositoryError> {
        Ok(self.0.orders.get(&id).cloned())
    }

    fn save(&mut self, order: Order) -> Result<(), RepositoryError> {
        self.0.orders.insert(order.id(), order);
        Ok(())
    }
}
