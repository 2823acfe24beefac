//! Who has asked too often.

use std::sync::Arc;
use std::time::Duration;

use application::ports::{Quota, RateLimitDecision, RateLimiter};
use tokio::task::JoinSet;

use crate::builders::fresh_id;

async fn check(limiter: &dyn RateLimiter, key: &str, quota: Quota) -> RateLimitDecision {
    limiter.check(key, quota).await.expect("requests can be counted")
}

/// So many pass, no more, and each key has a count of its own.
pub async fn a_quota_is_kept(limiter: Arc<dyn RateLimiter>) {
    let quota = Quota::try_new(3, Duration::from_mins(1)).expect("it is a quota");
    let (one, other) = (fresh_id().to_string(), fresh_id().to_string());
    for remaining in [2, 1, 0] {
        let decision = check(&*limiter, &one, quota).await;
        assert_eq!((decision.is_allowed, decision.remaining), (true, remaining));
        assert_eq!(decision.retry_after, Duration::ZERO);
    }
    let decision = check(&*limiter, &one, quota).await;
    assert_eq!((decision.is_allowed, decision.remaining), (false, 0));
    assert!(decision.retry_after > Duration::ZERO);
    assert!(decision.retry_after <= decision.reset_after);
    assert!(decision.reset_after <= quota.window());
    assert!(check(&*limiter, &other, quota).await.is_allowed);
}

/// Who waits as long as was said may ask again.
pub async fn a_quota_comes_back(limiter: Arc<dyn RateLimiter>) {
    let quota = Quota::try_new(1, Duration::from_secs(2)).expect("it is a quota");
    let key = fresh_id().to_string();
    assert!(check(&*limiter, &key, quota).await.is_allowed);
    let refused = check(&*limiter, &key, quota).await;
    assert!(!refused.is_allowed);
    tokio::time::sleep(refused.retry_after + Duration::from_millis(20)).await;
    assert!(check(&*limiter, &key, quota).await.is_allowed);
}

/// Of fifty who ask at once, as many pass as the quota says.
pub async fn a_quota_holds_for_many_at_once(limiter: Arc<dyn RateLimiter>) {
    let quota = Quota::try_new(10, Duration::from_mins(1)).expect("it is a quota");
    let key = Arc::new(fresh_id().to_string());
    let mut tasks = JoinSet::new();
    for _ in 0..50 {
        let (limiter, key) = (Arc::clone(&limiter), Arc::clone(&key));
        tasks.spawn(async move { check(&*limiter, &key, quota).await.is_allowed });
    }
    let passed = tasks.join_all().await.into_iter().filter(|is_allowed| *is_allowed).count();
    assert_eq!(passed, 10);
}
