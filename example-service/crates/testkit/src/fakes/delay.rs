//! Waiting without waiting.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use application::ports::Delay;
use async_trait::async_trait;

/// Lets others go first instead of waiting, and counts how often.
#[derive(Debug, Default)]
pub struct NoDelay(AtomicU32);

impl NoDelay {
    /// How often someone would have waited.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.0.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Delay for NoDelay {
    async fn wait_up_to(&self, _longest: Duration) {
        self.0.fetch_add(1, Ordering::Relaxed);
        tokio::task::yield_now().await;
    }
}
