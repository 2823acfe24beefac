//! Waiting on the timer of the runtime.

use std::time::Duration;

use application::ports::Delay;
use async_trait::async_trait;

/// Waits a random time.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomDelay;

#[async_trait]
impl Delay for RandomDelay {
    async fn wait_up_to(&self, longest: Duration) {
        tokio::time::sleep(longest.mul_f64(rand::random::<f64>())).await;
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn it_waits_no_longer_than_it_may() {
        let start = Instant::now();
        RandomDelay.wait_up_to(Duration::ZERO).await;
        RandomDelay.wait_up_to(Duration::from_millis(20)).await;
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
