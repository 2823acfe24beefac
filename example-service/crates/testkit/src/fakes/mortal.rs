//! Processes that die in the middle of what they do.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use application::ports::RepositoryError;
use async_trait::async_trait;

use super::hooked_commits::{CommitHook, HookedCommits};

/// A process that lives for so many commits: no other comes to pass.
struct Lifetime(AtomicU32);

#[async_trait]
impl CommitHook for Lifetime {
    async fn before(&self) -> Result<(), RepositoryError> {
        let (set, fetch) = (Ordering::SeqCst, Ordering::SeqCst);
        let left = self.0.fetch_update(set, fetch, |left| left.checked_sub(1));
        left.map_err(|_| RepositoryError::unavailable("the process has died"))?;
        Ok(())
    }

    async fn after(&self) {}
}

impl<F: ?Sized> HookedCommits<F> {
    /// Those of a process that dies after so many commits; after none, just before the first.
    #[must_use]
    pub fn dying_after(commits: u32, inner: Arc<F>) -> Self {
        Self::new(inner, Lifetime(AtomicU32::new(commits)))
    }
}
