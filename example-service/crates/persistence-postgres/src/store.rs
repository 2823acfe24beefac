//! The store.

use std::time::Duration;

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, CatalogUnitOfWork, CatalogUnitOfWorkFactory,
    OrdersUnitOfWork, OrdersUnitOfWorkFactory, ReportsUnitOfWork, ReportsUnitOfWorkFactory,
    RepositoryError,
};
use async_trait::async_trait;
use persistence_sql::PoolSettings;
use sqlx::PgPool;

use crate::errors::repository_error;
use crate::pool::{OpenError, open};
use crate::unit_of_work::PostgresUnitOfWork;

/// Keeps everything in a PostgreSQL database. Clones are the same store.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: PgPool,
}

impl PostgresStore {
    /// Opens the database at `address`, like `postgres://user:password@host/database`, and
    /// waits up to `patience` for its server to start. Nothing is in the database before
    /// [`PostgresStore::migrate`].
    ///
    /// # Errors
    ///
    /// When there is no such address, or the server does not answer or let us in.
    pub async fn open(
        address: &str,
        settings: &PoolSettings,
        patience: Duration,
    ) -> Result<Self, OpenError> {
        Ok(Self { pool: open(address, settings, patience).await? })
    }

    /// Closes all connections, those that are in use when they are given back.
    pub async fn close(&self) {
        self.pool.close().await;
    }

    /// The connections, for adapters that keep tables of their own in the same database.
    #[must_use]
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// The isolation is named, since a server may be set up to give another.
    async fn begin_any(&self) -> Result<Box<PostgresUnitOfWork>, RepositoryError> {
        let transaction = self.pool.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED").await;
        Ok(Box::new(PostgresUnitOfWork::new(transaction.map_err(repository_error)?)))
    }
}

#[async_trait]
impl AccountsUnitOfWorkFactory for PostgresStore {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}

#[async_trait]
impl CatalogUnitOfWorkFactory for PostgresStore {
    async fn begin(&self) -> Result<Box<dyn CatalogUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}

#[async_trait]
impl OrdersUnitOfWorkFactory for PostgresStore {
    async fn begin(&self) -> Result<Box<dyn OrdersUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}

#[async_trait]
impl ReportsUnitOfWorkFactory for PostgresStore {
    async fn begin(&self) -> Result<Box<dyn ReportsUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}
