//! Units of work that break in the middle.

use std::sync::Arc;

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, CatalogUnitOfWork, CatalogUnitOfWorkFactory,
    IdempotencyKeyRepository, JobQueue, OneTimeTokenRepository, OrderRepository, OrdersUnitOfWork,
    OrdersUnitOfWorkFactory, Outbox, OutboxMessage, ProductRepository, RepositoryError,
    SessionRepository, UserRepository,
};
use async_trait::async_trait;

/// Begins units of work like another factory, but their outbox takes nothing: whatever was
/// written before has to be rolled back.
pub struct BrokenOutbox<F: ?Sized>(pub Arc<F>);

/// A unit of work whose outbox takes nothing.
struct Broken<W: ?Sized>(Box<W>);

/// An outbox that takes nothing.
struct Refusing;

#[async_trait]
impl Outbox for Refusing {
    async fn append(&mut self, _message: &OutboxMessage) -> Result<(), RepositoryError> {
        Err(RepositoryError::unavailable("the outbox is broken"))
    }
}

#[async_trait]
impl AccountsUnitOfWork for Broken<dyn AccountsUnitOfWork> {
    fn users(&mut self) -> Box<dyn UserRepository + '_> {
        self.0.users()
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        self.0.sessions()
    }

    fn one_time_tokens(&mut self) -> Box<dyn OneTimeTokenRepository + '_> {
        self.0.one_time_tokens()
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(Refusing)
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        self.0.jobs()
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.0.commit().await
    }
}

#[async_trait]
impl CatalogUnitOfWork for Broken<dyn CatalogUnitOfWork> {
    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        self.0.products()
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(Refusing)
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.0.commit().await
    }
}

#[async_trait]
impl OrdersUnitOfWork for Broken<dyn OrdersUnitOfWork> {
    fn orders(&mut self) -> Box<dyn OrderRepository + '_> {
        self.0.orders()
    }

    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        self.0.products()
    }

    fn idempotency_keys(&mut self) -> Box<dyn IdempotencyKeyRepository + '_> {
        self.0.idempotency_keys()
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(Refusing)
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.0.commit().await
    }
}

#[async_trait]
impl<F: AccountsUnitOfWorkFactory + ?Sized> AccountsUnitOfWorkFactory for BrokenOutbox<F> {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        Ok(Box::new(Broken(AccountsUnitOfWorkFactory::begin(&*self.0).await?)))
    }
}

#[async_trait]
impl<F: CatalogUnitOfWorkFactory + ?Sized> CatalogUnitOfWorkFactory for BrokenOutbox<F> {
    async fn begin(&self) -> Result<Box<dyn CatalogUnitOfWork>, RepositoryError> {
        Ok(Box::new(Broken(CatalogUnitOfWorkFactory::begin(&*self.0).await?)))
    }
}

#[async_trait]
impl<F: OrdersUnitOfWorkFactory + ?Sized> OrdersUnitOfWorkFactory for BrokenOutbox<F> {
    async fn begin(&self) -> Result<Box<dyn OrdersUnitOfWork>, RepositoryError> {
        Ok(Box::new(Broken(OrdersUnitOfWorkFactory::begin(&*self.0).await?)))
    }
}
