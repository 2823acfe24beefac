//! The store.

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, CatalogUnitOfWork, CatalogUnitOfWorkFactory,
    OrdersUnitOfWork, OrdersUnitOfWorkFactory, ReportsUnitOfWork, ReportsUnitOfWorkFactory,
    RepositoryError,
};
use async_trait::async_trait;
use persistence_sql::PoolSettings;
use sqlx::SqlitePool;

use crate::errors::repository_error;
use crate::pool::{OpenError, Pools, open};
use crate::unit_of_work::SqliteUnitOfWork;

/// Keeps everything in a `SQLite` file. Clones are the same store.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    pools: Pools,
}

impl SqliteStore {
    /// Opens the database at `address`, like `sqlite://marketplace.db`. A file that is
    /// missing is made, but nothing is in it before [`SqliteStore::migrate`].
    ///
    /// # Errors
    ///
    /// When there is no such address, or the file cannot be opened.
    pub async fn open(address: &str, settings: &PoolSettings) -> Result<Self, OpenError> {
        Ok(Self { pools: open(address, settings).await? })
    }

    /// Closes all connections, those that are in use when they are given back.
    pub async fn close(&self) {
        self.pools.readers.close().await;
        self.pools.writer.close().await;
    }

    /// The connection that writes, for adapters that keep tables of their own in the same file:
    /// those who queue for it do not have to wait for a lock.
    #[must_use]
    pub fn writer(&self) -> &SqlitePool {
        &self.pools.writer
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.pools.readers
    }

    /// A plain `BEGIN` would read first and write later, and who wrote in between makes the
    /// write fail at once, however long one is ready to wait.
    async fn begin_any(&self) -> Result<Box<SqliteUnitOfWork>, RepositoryError> {
        let transaction = self.writer().begin_with("BEGIN IMMEDIATE").await;
        Ok(Box::new(SqliteUnitOfWork::new(transaction.map_err(repository_error)?)))
    }
}

#[async_trait]
impl AccountsUnitOfWorkFactory for SqliteStore {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}

#[async_trait]
impl CatalogUnitOfWorkFactory for SqliteStore {
    async fn begin(&self) -> Result<Box<dyn CatalogUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}

#[async_trait]
impl OrdersUnitOfWorkFactory for SqliteStore {
    async fn begin(&self) -> Result<Box<dyn OrdersUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}

#[async_trait]
impl ReportsUnitOfWorkFactory for SqliteStore {
    async fn begin(&self) -> Result<Box<dyn ReportsUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await?)
    }
}
