//! Units of work that let others in between.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, JobQueue, OneTimeTokenRepository, Outbox,
    RepositoryError, SessionRepository, UserRepository,
};
use async_trait::async_trait;
use tokio::sync::Notify;

/// How long someone in between gets, who may have to wait for the one that is interrupted.
const A_WHILE: Duration = Duration::from_millis(200);

/// A moment in between, in which someone else gets a chance.
#[derive(Debug, Default)]
pub struct Gap {
    opened: Notify,
    used: Notify,
}

impl Gap {
    /// Waits until the moment has come.
    pub async fn opened(&self) {
        self.opened.notified().await;
    }

    /// Says that what was to be done in between is done.
    pub fn used(&self) {
        self.used.notify_one();
    }

    /// Lets the other in, and waits until that one is done. Who cannot be done before this goes
    /// on is not waited for any longer than a while.
    pub async fn offer(&self) {
        self.opened.notify_one();
        tokio::time::timeout(A_WHILE, self.used.notified()).await.ok();
    }
}

/// When a commit is interrupted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Moment {
    Before,
    After,
}

/// Begins units of work like another factory, but lets others in while they commit.
pub struct InterruptedCommits {
    inner: Arc<dyn AccountsUnitOfWorkFactory>,
    gap: Arc<Gap>,
    moment: Moment,
}

impl InterruptedCommits {
    /// Lets others in when everything is done but the commit.
    #[must_use]
    pub fn before(inner: Arc<dyn AccountsUnitOfWorkFactory>, gap: Arc<Gap>) -> Self {
        Self { inner, gap, moment: Moment::Before }
    }

    /// Lets others in when the commit is done, and who asked for it does not know yet.
    #[must_use]
    pub fn after(inner: Arc<dyn AccountsUnitOfWorkFactory>, gap: Arc<Gap>) -> Self {
        Self { inner, gap, moment: Moment::After }
    }
}

#[async_trait]
impl AccountsUnitOfWorkFactory for InterruptedCommits {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        let (inner, gap) = (self.inner.begin().await?, Arc::clone(&self.gap));
        Ok(Box::new(Interrupted { inner, gap, moment: self.moment }))
    }
}

/// A unit of work that lets others in while it commits.
struct Interrupted {
    inner: Box<dyn AccountsUnitOfWork>,
    gap: Arc<Gap>,
    moment: Moment,
}

#[async_trait]
impl AccountsUnitOfWork for Interrupted {
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
        let Self { inner, gap, moment } = *self;
        if moment == Moment::Before {
            gap.offer().await;
        }
        inner.commit().await?;
        if moment == Moment::After {
            gap.offer().await;
        }
        Ok(())
    }
}
