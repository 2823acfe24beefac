//! What works within the process.

#![expect(clippy::unused_async, reason = "contracts wait for what they are given")]

use std::sync::Arc;
use std::time::Duration;

use domain::shared::SecretText;
use infrastructure::cache::MemoryCache;
use infrastructure::password::{Argon2PasswordHasher, PasswordCost};
use infrastructure::rate_limit::MemoryRateLimiter;
use infrastructure::tokens::{JwtSettings, JwtTokens, RandomTokens};
use testkit::contracts::access_tokens::AccessTokenPair;

async fn cache() -> MemoryCache {
    MemoryCache::new(1 << 20)
}

async fn rate_limiter() -> MemoryRateLimiter {
    MemoryRateLimiter::default()
}

async fn hasher() -> Argon2PasswordHasher {
    let cost = PasswordCost { memory: 64, passes: 1, at_once: 2, patience: Duration::from_mins(1) };
    Argon2PasswordHasher::try_new(&SecretText::new("pepper"), &cost).expect("a cost that works")
}

async fn access_tokens() -> AccessTokenPair {
    let settings = JwtSettings {
        key: SecretText::new("a key that has thirty-two bytes!"),
        issuer: "marketplace".to_owned(),
        audience: "marketplace-api".to_owned(),
    };
    let tokens = Arc::new(JwtTokens::try_new(settings).expect("a key that is long enough"));
    AccessTokenPair { issuer: tokens.clone(), verifier: tokens }
}

async fn opaque_tokens() -> RandomTokens {
    RandomTokens
}

testkit::cache_contracts!(cache);
testkit::rate_limiter_contracts!(rate_limiter);
testkit::password_contracts!(hasher);
testkit::access_token_contracts!(access_tokens);
testkit::opaque_token_contracts!(opaque_tokens);
