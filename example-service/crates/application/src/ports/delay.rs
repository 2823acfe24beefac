//! Waiting.

use std::time::Duration;

use async_trait::async_trait;

/// Waits.
#[async_trait]
pub trait Delay: Send + Sync {
    /// Waits for some time, at most `longest`. It is another time for everyone, so that
    /// those who collided do not collide again.
    async fn wait_up_to(&self, longest: Duration);
}
