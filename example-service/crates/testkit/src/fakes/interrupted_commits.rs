//! Units of work that let others in between.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{AccountsUnitOfWorkFactory, RepositoryError};
use async_trait::async_trait;
use tokio::sync::Notify;

use super::hooked_commits::{CommitHook, HookedCommits};

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

/// Who lets others in at a moment of a commit.
struct Interruption {
    gap: Arc<Gap>,
    moment: Moment,
}

impl Interruption {
    async fn offer(&self, moment: Moment) {
        if self.moment == moment {
            self.gap.offer().await;
        }
    }
}

#[async_trait]
impl CommitHook for Interruption {
    async fn before(&self) -> Result<(), RepositoryError> {
        self.offer(Moment::Before).await;
        Ok(())
    }

    async fn after(&self) {
        self.offer(Moment::After).await;
    }
}

/// Begins units of work like another factory, but lets others in while they commit.
pub type InterruptedCommits = HookedCommits<dyn AccountsUnitOfWorkFactory>;

impl InterruptedCommits {
    /// Lets others in when everything is done but the commit.
    #[must_use]
    pub fn before(inner: Arc<dyn AccountsUnitOfWorkFactory>, gap: Arc<Gap>) -> Self {
        Self::new(inner, Interruption { gap, moment: Moment::Before })
    }

    /// Lets others in when the commit is done, and who asked for it does not know yet.
    #[must_use]
    pub fn after(inner: Arc<dyn AccountsUnitOfWorkFactory>, gap: Arc<Gap>) -> Self {
        Self::new(inner, Interruption { gap, moment: Moment::After })
    }
}
