//! Processes that die in the middle of what they do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, JobQueue, OneTimeTokenRepository, Outbox,
    ReportRepository, ReportsUnitOfWork, ReportsUnitOfWorkFactory, RepositoryError,
    SessionRepository, UserRepository,
};
use async_trait::async_trait;

/// Begins units of work like another factory, in a process that dies after so many commits: no
/// other comes to pass.
pub struct Mortal<F: ?Sized> {
    inner: Arc<F>,
    commits: Arc<AtomicU32>,
}

impl<F: ?Sized> Mortal<F> {
    /// One whose process dies after so many commits; after none, just before the first.
    #[must_use]
    pub fn after(commits: u32, inner: Arc<F>) -> Self {
        Self { inner, commits: Arc::new(AtomicU32::new(commits)) }
    }
}

/// A unit of work of such a process.
struct MortalWork<W: ?Sized> {
    inner: Box<W>,
    commits: Arc<AtomicU32>,
}

impl<W: ?Sized> MortalWork<W> {
    /// The unit of work, if the process lives until it is committed.
    fn survivor(self) -> Result<Box<W>, RepositoryError> {
        let (set, fetch) = (Ordering::SeqCst, Ordering::SeqCst);
        let left = self.commits.fetch_update(set, fetch, |left| left.checked_sub(1));
        left.map_err(|_| RepositoryError::unavailable("the process has died"))?;
        Ok(self.inner)
    }
}

#[async_trait]
impl AccountsUnitOfWork for MortalWork<dyn AccountsUnitOfWork> {
    fn users(&mut self) -> Box<dyn UserRepository + '_> {
        self.inner.users()
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        self.inner.sessions()
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
        self.survivor()?.commit().await
    }
}

#[async_trait]
impl ReportsUnitOfWork for MortalWork<dyn ReportsUnitOfWork> {
    fn reports(&mut self) -> Box<dyn ReportRepository + '_> {
        self.inner.reports()
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        self.inner.outbox()
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        self.inner.jobs()
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        self.survivor()?.commit().await
    }
}

#[async_trait]
impl<F: AccountsUnitOfWorkFactory + ?Sized> AccountsUnitOfWorkFactory for Mortal<F> {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        let inner = AccountsUnitOfWorkFactory::begin(&*self.inner).await?;
        Ok(Box::new(MortalWork { inner, commits: self.commits.clone() }))
    }
}

#[async_trait]
impl<F: ReportsUnitOfWorkFactory + ?Sized> ReportsUnitOfWorkFactory for Mortal<F> {
    async fn begin(&self) -> Result<Box<dyn ReportsUnitOfWork>, RepositoryError> {
        let inner = ReportsUnitOfWorkFactory::begin(&*self.inner).await?;
        Ok(Box::new(MortalWork { inner, commits: self.commits.clone() }))
    }
}
