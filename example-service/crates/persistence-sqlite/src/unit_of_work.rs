//! Units of work in `SQLite`.

use application::ports::{
    AccountsUnitOfWork, CatalogUnitOfWork, IdempotencyKeyRepository, JobQueue,
    OneTimeTokenRepository, OrderRepository, OrdersUnitOfWork, Outbox, ProductRepository,
    ReportRepository, ReportsUnitOfWork, RepositoryError, SessionRepository, UserRepository,
};
use async_trait::async_trait;
use sqlx::{Sqlite, Transaction};

use crate::accounts::{
    SqliteOneTimeTokenRepository, SqliteSessionRepository, SqliteUserRepository,
};
use crate::catalog::SqliteProductRepository;
use crate::errors::repository_error;
use crate::messages::{SqliteJobQueue, SqliteOutbox};
use crate::orders::{SqliteIdempotencyKeyRepository, SqliteOrderRepository};
use crate::reports::SqliteReportRepository;

/// A unit of work of any context. It rolls back when it is dropped.
pub(crate) struct SqliteUnitOfWork {
    transaction: Transaction<'static, Sqlite>,
}

impl SqliteUnitOfWork {
    pub(crate) fn new(transaction: Transaction<'static, Sqlite>) -> Self {
        Self { transaction }
    }

    async fn commit_all(self: Box<Self>) -> Result<(), RepositoryError> {
        self.transaction.commit().await.map_err(repository_error)
    }
}

#[async_trait]
impl AccountsUnitOfWork for SqliteUnitOfWork {
    fn users(&mut self) -> Box<dyn UserRepository + '_> {
        Box::new(SqliteUserRepository::new(&mut self.transaction))
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        Box::new(SqliteSessionRepository::new(&mut self.transaction))
    }

    fn one_time_tokens(&mut self) -> Box<dyn OneTimeTokenRepository + '_> {
        Box::new(SqliteOneTimeTokenRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(SqliteOutbox::new(&mut self.transaction))
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        Box::new(SqliteJobQueue::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}

#[async_trait]
impl CatalogUnitOfWork for SqliteUnitOfWork {
    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        Box::new(SqliteProductRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(SqliteOutbox::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}

#[async_trait]
impl OrdersUnitOfWork for SqliteUnitOfWork {
    fn orders(&mut self) -> Box<dyn OrderRepository + '_> {
        Box::new(SqliteOrderRepository::new(&mut self.transaction))
    }

    fn products(&mut self) -> Box<dyn ProductRepository + '_> {
        Box::new(SqliteProductRepository::new(&mut self.transaction))
    }

    fn idempotency_keys(&mut self) -> Box<dyn IdempotencyKeyRepository + '_> {
        Box::new(SqliteIdempotencyKeyRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(SqliteOutbox::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}

#[async_trait]
impl ReportsUnitOfWork for SqliteUnitOfWork {
    fn reports(&mut self) -> Box<dyn ReportRepository + '_> {
        Box::new(SqliteReportRepository::new(&mut self.transaction))
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        Box::new(SqliteOutbox::new(&mut self.transaction))
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        Box::new(SqliteJobQueue::new(&mut self.transaction))
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.commit_all().await
    }
}
