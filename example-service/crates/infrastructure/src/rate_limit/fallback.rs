//! One limiter in the place of another.

use std::sync::Arc;

use application::ports::{Quota, RateLimitDecision, RateLimiter, Unavailable};
use async_trait::async_trait;

/// Asks a limiter, and another one while the first does not answer: limits that each
/// process counts for itself are better than none, and than no answer.
pub struct FallbackRateLimiter {
    first: Arc<dyn RateLimiter>,
    second: Arc<dyn RateLimiter>,
}

impl FallbackRateLimiter {
    /// Asks `first`, or else `second`.
    #[must_use]
    pub fn new(first: Arc<dyn RateLimiter>, second: Arc<dyn RateLimiter>) -> Self {
        Self { first, second }
    }
}

#[async_trait]
impl RateLimiter for FallbackRateLimiter {
    async fn check(&self, key: &str, quota: Quota) -> Result<RateLimitDecision, Unavailable> {
        match self.first.check(key, quota).await {
            Ok(decision) => Ok(decision),
            Err(error) => {
                tracing::warn!(error = %error.0, "the rate limiter does not answer");
                self.second.check(key, quota).await
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::MemoryRateLimiter;
    use super::*;

    struct Broken;

    #[async_trait]
    impl RateLimiter for Broken {
        async fn check(&self, _: &str, _: Quota) -> Result<RateLimitDecision, Unavailable> {
            Err(Unavailable::new("out of order"))
        }
    }

    #[tokio::test]
    async fn the_second_counts_while_the_first_is_out_of_order() {
        let second = Arc::new(MemoryRateLimiter::default());
        let limiter = FallbackRateLimiter::new(Arc::new(Broken), second);
        let quota = Quota::try_new(1, Duration::from_hours(1)).expect("it is a quota");
        let allowed = async || limiter.check("someone", quota).await.map(|it| it.is_allowed).ok();
        assert_eq!(allowed().await, Some(true));
        assert_eq!(allowed().await, Some(false));
    }
}
