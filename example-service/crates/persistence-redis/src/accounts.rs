//! Accounts whose sessions are in Redis.

use std::sync::Arc;

use application::ports::{AccountsUnitOfWork, AccountsUnitOfWorkFactory, RepositoryError};
use async_trait::async_trait;

use crate::session_store::RedisSessionStore;
use crate::unit_of_work::RedisAccountsUnitOfWork;

/// Begins units of work in another store, whose sessions are in Redis.
pub struct RedisAccounts {
    inner: Arc<dyn AccountsUnitOfWorkFactory>,
    sessions: RedisSessionStore,
}

impl RedisAccounts {
    /// The accounts of `inner` with these sessions.
    #[must_use]
    pub fn new(inner: Arc<dyn AccountsUnitOfWorkFactory>, sessions: RedisSessionStore) -> Self {
        Self { inner, sessions }
    }
}

#[async_trait]
impl AccountsUnitOfWorkFactory for RedisAccounts {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        let inner = self.inner.begin().await?;
        Ok(Box::new(RedisAccountsUnitOfWork::new(inner, self.sessions.clone())))
    }
}
