//! Units of work that ask somebody before they commit, and tell them after.

use std::sync::Arc;

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, JobQueue, OneTimeTokenRepository, Outbox,
    ReportRepository, ReportsUnitOfWork, ReportsUnitOfWorkFactory, RepositoryError,
    SessionRepository, UserRepository,
};
use async_trait::async_trait;

/// Who is asked before a commit, and told after it.
#[async_trait]
pub trait CommitHook: Send + Sync {
    /// Lets it come to pass, or says why it does not.
    async fn before(&self) -> Result<(), RepositoryError>;

    /// Hears that it has come to pass, before who asked for it does.
    async fn after(&self);
}

/// Begins units of work like another factory, with a hook around their commits.
pub struct HookedCommits<F: ?Sized> {
    inner: Arc<F>,
    hook: Arc<dyn CommitHook>,
}

impl<F: ?Sized> HookedCommits<F> {
    pub(super) fn new(inner: Arc<F>, hook: impl CommitHook + 'static) -> Self {
        Self { inner, hook: Arc::new(hook) }
    }
}

/// A unit of work with a hook around its commit.
struct HookedWork<W: ?Sized> {
    inner: Box<W>,
    hook: Arc<dyn CommitHook>,
}

#[async_trait]
impl AccountsUnitOfWork for HookedWork<dyn AccountsUnitOfWork> {
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
        let Self { inner, hook } = *self;
        hook.before().await?;
        inner.commit().await?;
        hook.after().await;
        Ok(())
    }
}

#[async_trait]
impl ReportsUnitOfWork for HookedWork<dyn ReportsUnitOfWork> {
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
        let Self { inner, hook } = *self;
        hook.before().await?;
        inner.commit().await?;
        hook.after().await;
        Ok(())
    }
}

#[async_trait]
impl<F: AccountsUnitOfWorkFactory + ?Sized> AccountsUnitOfWorkFactory for HookedCommits<F> {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        let inner = AccountsUnitOfWorkFactory::begin(&*self.inner).await?;
        Ok(Box::new(HookedWork { inner, hook: self.hook.clone() }))
    }
}

#[async_trait]
impl<F: ReportsUnitOfWorkFactory + ?Sized> ReportsUnitOfWorkFactory for HookedCommits<F> {
    async fn begin(&self) -> Result<Box<dyn ReportsUnitOfWork>, RepositoryError> {
        let inner = ReportsUnitOfWorkFactory::begin(&*self.inner).await?;
        Ok(Box::new(HookedWork { inner, hook: self.hook.clone() }))
    }
}
