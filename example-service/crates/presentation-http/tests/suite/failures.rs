//! When the service itself fails.

use std::sync::Arc;
use std::time::Duration;

use application::catalog::queries::{GetProduct, GetProductError};
use application::common::UseCase;
use application::ports::{
    ProductDetails, Quota, RateLimitDecision, RateLimiter, Readiness, RepositoryError, Unavailable,
};
use async_trait::async_trait;
use serde_json::json;

use crate::world::{Answer, Options, World};

const PATH: &str = "/api/v1/products/00000000-0000-7000-8000-000000000000";
const INSIDE: &str = "postgres://marketplace:hunter2@db";

/// How looking at a product goes wrong.
#[derive(Clone, Copy)]
enum Failing {
    Panics,
    Hangs,
    Conflicts,
    IsUnavailable,
}

#[async_trait]
impl UseCase<GetProduct> for Failing {
    async fn execute(&self, _: GetProduct) -> Result<ProductDetails, GetProductError> {
        match self {
            Self::Panics => panic!("no connection to {INSIDE}"),
            Self::Hangs => std::future::pending().await,
            Self::Conflicts => Err(RepositoryError::Conflict.into()),
            Self::IsUnavailable => Err(RepositoryError::unavailable(INSIDE).into()),
        }
    }
}

async fn answer(failing: Failing) -> Answer {
    let mut options = Options::new();
    options.settings.request_timeout = Duration::from_millis(100);
    let world = World::with(options, |use_cases| use_cases.catalog.get_product = Arc::new(failing));
    let answer = world.get("", PATH).await;
    assert!(!answer.text.contains("hunter2"), "{}", answer.text);
    answer
}

#[tokio::test]
async fn panics_are_our_fault() {
    assert_eq!(answer(Failing::Panics).await.problem(500), "internal");
}

#[tokio::test]
async fn answers_that_take_too_long_are_given_up() {
    assert_eq!(answer(Failing::Hangs).await.problem(503), "unavailable");
}

#[tokio::test]
async fn stores_that_are_away_are_asked_for_again_later() {
    for failing in [Failing::IsUnavailable, Failing::Conflicts] {
        let answer = answer(failing).await;
        assert_eq!(answer.problem(503), "unavailable");
        let wait: u64 = answer.header("retry-after").parse().expect("it is a number");
        assert!(wait >= 1);
    }
}

struct Needed {
    answers: bool,
}

#[async_trait]
impl Readiness for Needed {
    fn name(&self) -> &'static str {
        if self.answers { "redis" } else { "database" }
    }

    async fn check(&self) -> Result<(), Unavailable> {
        if self.answers { Ok(()) } else { Err(Unavailable::new(INSIDE)) }
    }
}

#[tokio::test]
async fn who_is_not_ready_says_for_want_of_what() {
    let mut options = Options::new();
    options.readiness =
        vec![Arc::new(Needed { answers: true }), Arc::new(Needed { answers: false })];
    let world = World::with(options, |_| ());
    let answer = world.get("", "/readyz").await;
    assert_eq!(answer.problem(503), "unavailable");
    let expected = json!([{ "field": "database", "message": "does not answer" }]);
    assert_eq!(answer.json()["errors"], expected);
    assert!(!answer.text.contains("hunter2"));
    assert_eq!(world.get("", "/livez").await.status, 200);
}

struct NoLimiter;

#[async_trait]
impl RateLimiter for NoLimiter {
    async fn check(&self, _: &str, _: Quota) -> Result<RateLimitDecision, Unavailable> {
        Err(Unavailable::new("the counters are away"))
    }
}

#[tokio::test]
async fn requests_are_answered_even_when_nobody_counts_them() {
    let options = Options { limiter: Arc::new(NoLimiter), ..Options::new() };
    let answer = World::with(options, |_| ()).get("", "/api/v1/products").await;
    assert_eq!(answer.status, 200);
}
