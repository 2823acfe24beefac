//! Keeps orders in memory.

use application::ports::{OrderRepository, RepositoryError, UniqueConstraint};
use async_trait::async_trait;
use domain::orders::{Order, OrderId};

use crate::staged::Staged;
use crate::state::{insert, of_version};

/// Keeps orders in memory.
pub(crate) struct MemoryOrderRepository<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryOrderRepository<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl OrderRepository for MemoryOrderRepository<'_> {
    async fn find(&mut self, id: OrderId) -> Result<Option<Order>, RepositoryError> {
        Ok(self.staged.state().orders.get(&id).cloned().map(Order::rehydrate))
    }

    async fn add(&mut self, order: &Order) -> Result<(), RepositoryError> {
        let row = order.snapshot();
        self.staged.change(move |state| {
            insert(&mut state.orders, row.id, row.clone(), UniqueConstraint::Id)
        })
    }

    async fn update(&mut self, order: &Order) -> Result<(), RepositoryError> {
        let (id, loaded, state_of_order) = (order.id(), order.version(), order.state());
        self.staged.change(move |state| {
            let row = of_version(&mut state.orders, &id, loaded, |row| row.version)?;
            row.state = state_of_order;
            row.version = loaded.next();
            Ok(())
        })
    }
}
