//! Units of work in memory.

use application::ports::{
    AccountsUnitOfWork, CatalogUnitOfWork, IdempotencyKeyRepository, JobQueue,
    OneTimeTokenRepository, OrderRepository, OrdersUnitOfWork, Outbox, ProductRepository,
    ReportRepository, ReportsUnitOfWork, RepositoryError, SessionRepository, UserRepository,
};
use async_trait::async_trait;

use crate::accounts::{
    MemoryOneTimeTokenRepository, MemorySessionRepository, MemoryUserRepository,
};
use crate::catalog::MemoryProductRepository;
use crate::messages::{MemoryJobQueue, MemoryOutbox};
use crate::orders::{MemoryIdempotencyKeyRepository, MemoryOrderRepository};
use crate::reports::MemoryReportRepository;
use crate::staged::Staged;
use crate::store::MemoryStore;

/// A unit of work of any context.
pub(crate) struct MemoryUnitOfWork {
    store: MemoryStore,
    staged: Staged,
}

impl MemoryUnitOfWork {
    pub(crate) fn new(store: MemoryStore, staged: Staged) -> Self {
        Self { store, staged }
    }

    fn commit_all(&self) -> Result<(), RepositoryError> {
        self.staged.apply_to(&mut self.store.lock())
    }
}

#[async_trait]
impl AccountsUnitOfWork for MemoryUnitOfWork {
    fn users(&mut self) -> Box<dyn UserRepository + '_> {
        Box::new(MemoryUserRepository::new(&mut self.staged))
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        Box::new(MemorySessionRepository::new(&mut self.staged))
    }

    fn one_time_tokens(&mut self) -> Box<dyn OneTimeTokenRepository + '_> {
        Box::new(MemoryOneTimeTokenRepository::new(&mut self.staged))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(MemoryOutbox::new(&mut self.staged))
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        Box::new(MemoryJobQueue::new(&mut self.staged))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all()
    }
}

#[async_trait]
impl CatalogUnitOfWork for MemoryUnitOfWork {
    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        Box::new(MemoryProductRepository::new(&mut self.staged))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(MemoryOutbox::new(&mut self.staged))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all()
    }
}

#[async_trait]
impl OrdersUnitOfWork for MemoryUnitOfWork {
    fn orders(&mut self) -> Box<dyn OrderRepository + '_> {
        Box::new(MemoryOrderRepository::new(&mut self.staged))
    }

    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        Box::new(MemoryProductRepository::new(&mut self.staged))
    }

    fn idempotency_keys(&mut self) -> Box<dyn IdempotencyKeyRepository + '_> {
        Box::new(MemoryIdempotencyKeyRepository::new(&mut self.staged))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(MemoryOutbox::new(&mut self.staged))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all()
    }
}

#[async_trait]
impl ReportsUnitOfWork for MemoryUnitOfWork {
    fn reports(&mut self) -> Box<dyn ReportRepository + '_> {
        Box::new(MemoryReportRepository::new(&mut self.staged))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(MemoryOutbox::new(&mut self.staged))
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        Box::new(MemoryJobQueue::new(&mut self.staged))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all()
    }
}
