//! The fakes keep the contracts of what they stand for.

#![expect(
    clippy::unused_async,
    reason = "contracts wait for set-ups, as some have to be waited for"
)]

use std::sync::Arc;

use testkit::contracts::access_tokens::AccessTokenPair;
use testkit::fakes::{
    CountingRateLimiter, FakeAccessTokens, FakePasswordHasher, MapCache, NumberedTokens,
};

async fn cache() -> MapCache {
    MapCache::default()
}

async fn rate_limiter() -> CountingRateLimiter {
    CountingRateLimiter::default()
}

async fn hasher() -> FakePasswordHasher {
    FakePasswordHasher::default()
}

async fn access_tokens() -> AccessTokenPair {
    let tokens = Arc::new(FakeAccessTokens::default());
    AccessTokenPair { issuer: tokens.clone(), verifier: tokens }
}

async fn opaque_tokens() -> NumberedTokens {
    NumberedTokens::default()
}

testkit::cache_contracts!(cache);
testkit::rate_limiter_contracts!(rate_limiter);
testkit::password_contracts!(hasher);
testkit::access_token_contracts!(access_tokens);
testkit::opaque_token_contracts!(opaque_tokens);
