//! Units of work in PostgreSQL.

use application::ports::{
    AccountsUnitOfWork, CatalogUnitOfWork, IdempotencyKeyRepository, JobQueue,
    OneTimeTokenRepository, OrderRepository, OrdersUnitOfWork, Outbox, ProductRepository,
    ReportRepository, ReportsUnitOfWork, RepositoryError, SessionRepository, UserRepository,
};
use async_trait::async_trait;
use sqlx::{Postgres, Transaction};

use crate::accounts::{
    PostgresOneTimeTokenRepository, PostgresSessionRepository, PostgresUserRepository,
};
use crate::catalog::PostgresProductRepository;
use crate::errors::repository_error;
use crate::messages::{PostgresJobQueue, PostgresOutbox};
use crate::orders::{PostgresIdempotencyKeyRepository, PostgresOrderRepository};
use crate::reports::PostgresReportRepository;

/// A unit of work of any context. It rolls back when it is dropped.
pub(crate) struct PostgresUnitOfWork {
    transaction: Transaction<'static, Postgres>,
}

impl PostgresUnitOfWork {
    pub(crate) fn new(transaction: Transaction<'static, Postgres>) -> Self {
        Self { transaction }
    }

    async fn commit_all(self: Box<Self>) -> Result<(), RepositoryError> {
        self.transaction.commit().await.map_err(repository_error)
    }
}

#[async_trait]
impl AccountsUnitOfWork for PostgresUnitOfWork {
    fn users(&mut self) -> Box<dyn UserRepository + '_> {
        Box::new(PostgresUserRepository::new(&mut self.transaction))
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        Box::new(PostgresSessionRepository::new(&mut self.transaction))
    }

    fn one_time_tokens(&mut self) -> Box<dyn OneTimeTokenRepository + '_> {
        Box::new(PostgresOneTimeTokenRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(PostgresOutbox::new(&mut self.transaction))
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        Box::new(PostgresJobQueue::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}

#[async_trait]
impl CatalogUnitOfWork for PostgresUnitOfWork {
    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        Box::new(PostgresProductRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(PostgresOutbox::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}

#[async_trait]
impl OrdersUnitOfWork for PostgresUnitOfWork {
    fn orders(&mut self) -> Box<dyn OrderRepository + '_> {
        Box::new(PostgresOrderRepository::new(&mut self.transaction))
    }

    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        Box::new(PostgresProductRepository::new(&mut self.transaction))
    }

    fn idempotency_keys(&mut self) -> Box<dyn IdempotencyKeyRepository + '_> {
        Box::new(PostgresIdempotencyKeyRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(PostgresOutbox::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}

#[async_trait]
impl ReportsUnitOfWork for PostgresUnitOfWork {
    fn reports(&mut self) -> Box<dyn ReportRepository + '_> {
        Box::new(PostgresReportRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(PostgresOutbox::new(&mut self.transaction))
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        Box::new(PostgresJobQueue::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}
