//! Trying again when someone else was faster.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;

use super::{Operation, UseCase};
use crate::ports::Delay;

/// An error that may go away when everything is tried again.
pub trait Retryable {
    /// Whether someone else has changed the same things at the same time.
    fn is_conflict(&self) -> bool;
}

/// How often and how soon something is tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often it is tried altogether: at least once.
    pub attempts: u32,
    /// How long to wait at most before the second time. Each time after that it is twice
    /// as long.
    pub first_delay: Duration,
    /// How long to wait at most before any time.
    pub longest_delay: Duration,
}

impl RetryPolicy {
    /// Enough for twenty that change the same thing at the same time.
    pub const USUAL: Self = Self {
        attempts: 10,
        first_delay: Duration::from_millis(10),
        longest_delay: Duration::from_millis(320),
    };
}

/// Does what `U` does, again and again while it collides with others.
pub struct RetryOnConflict<U> {
    inner: U,
    delay: Arc<dyn Delay>,
    policy: RetryPolicy,
}

impl<U> RetryOnConflict<U> {
    /// Tries `inner` as often as `policy` says.
    #[must_use]
    pub fn new(inner: U, delay: Arc<dyn Delay>, policy: RetryPolicy) -> Self {
        Self { inner, delay, policy }
    }
}

#[async_trait]
impl<O, U> UseCase<O> for RetryOnConflict<U>
where
    O: Operation<Error: Retryable> + Clone + Sync,
    U: UseCase<O>,
{
    async fn execute(&self, operation: O) -> Result<O::Output, O::Error> {
        let mut longest = self.policy.first_delay;
        for _ in 1..self.policy.attempts {
            match self.inner.execute(operation.clone()).await {
                Err(error) if error.is_conflict() => drop(error),
                outcome => return outcome,
            }
            self.delay.wait_up_to(longest).await;
            longest = longest.saturating_mul(2).min(self.policy.longest_delay);
        }
        self.inner.execute(operation).await
    }
}
