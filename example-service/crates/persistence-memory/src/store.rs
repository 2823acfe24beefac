//! The store.

use std::future::poll_fn;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, CatalogUnitOfWork, CatalogUnitOfWorkFactory,
    Job, JobId, OrdersUnitOfWork, OrdersUnitOfWorkFactory, ReportsUnitOfWork,
    ReportsUnitOfWorkFactory, RepositoryError,
};
use async_trait::async_trait;

use crate::holds::{HeldUsers, Holds};
use crate::staged::Staged;
use crate::state::State;
use crate::unit_of_work::MemoryUnitOfWork;

/// Keeps everything in memory. Clones are the same store.
#[derive(Clone, Default)]
pub struct MemoryStore {
    live: Arc<Mutex<State>>,
    held: HeldUsers,
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the jobs that were asked for, the oldest first.
    #[must_use]
    pub fn take_jobs(&self) -> Vec<(JobId, Job)> {
        let jobs = std::mem::take(&mut self.lock().jobs);
        jobs.into_iter().map(|(id, row)| (id, row.job)).collect()
    }

    /// What is there now. A lock that was poisoned is taken all the same: what it guards is
    /// replaced as a whole, so that a panic leaves nothing half done.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn begin_any(&self) -> Box<MemoryUnitOfWork> {
        let staged = Staged::new(self.lock().clone(), Holds::new(self.held.clone()));
        let_others_go().await;
        Box::new(MemoryUnitOfWork::new(self.clone(), staged))
    }
}

/// Waits for its next turn. A store that never waits would hide from tests what comes of
/// others who change the same things between two steps.
async fn let_others_go() {
    let mut has_waited = false;
    poll_fn(|context| {
        if has_waited {
            return Poll::Ready(());
        }
        has_waited = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

#[async_trait]
impl AccountsUnitOfWorkFactory for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await)
    }
}

#[async_trait]
impl CatalogUnitOfWorkFactory for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn CatalogUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await)
    }
}

#[async_trait]
impl OrdersUnitOfWorkFactory for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn OrdersUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await)
    }
}

#[async_trait]
impl ReportsUnitOfWorkFactory for MemoryStore {
    async fn begin(&self) -> Result<Box<dyn ReportsUnitOfWork>, RepositoryError> {
        Ok(self.begin_any().await)
    }
}
