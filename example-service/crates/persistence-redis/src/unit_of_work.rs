//! Units of work on accounts whose sessions are in Redis.

use application::ports::{
    AccountsUnitOfWork, JobQueue, OneTimeTokenRepository, Outbox, RepositoryError,
    SessionRepository, UserRepository,
};
use async_trait::async_trait;

use crate::session_repository::RedisSessionRepository;
use crate::session_store::RedisSessionStore;
use crate::staged::Staged;
use crate::user_repository::SessionEndingUserRepository;

/// A unit of work of another store, and what it does to sessions.
pub(crate) struct RedisAccountsUnitOfWork {
    inner: Box<dyn AccountsUnitOfWork>,
    sessions: RedisSessionStore,
    staged: Staged,
}

impl RedisAccountsUnitOfWork {
    pub(crate) fn new(inner: Box<dyn AccountsUnitOfWork>, sessions: RedisSessionStore) -> Self {
        Self { inner, sessions, staged: Staged::default() }
    }
}

#[async_trait]
impl AccountsUnitOfWork for RedisAccountsUnitOfWork {
    fn users(&mut self) -> Box<dyn UserRepository + '_> {
        let users = self.inner.users();
        Box::new(SessionEndingUserRepository::new(users, &mut self.staged))
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        let users = self.inner.users();
        Box::new(RedisSessionRepository::new(&self.sessions, &mut self.staged, users))
    }

    fn one_time_tokens(&mut self) -> Box<dyn OneTimeTokenRepository + '_> {
        self.inner.one_time_tokens()
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        self.inner.outbox()
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        self.inner.jobs()
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        let Self { inner, sessions, staged } = *self;
        sessions.apply(staged.changes()).await?;
        let committed = inner.commit().await;
        if committed.is_err() {
            // Nobody has got the tokens of these sessions. If they cannot be forgotten either,
            // they end unused, and what is told is what went wrong first.
            sessions.forget(staged.added()).await.ok();
        }
        committed
    }
}
