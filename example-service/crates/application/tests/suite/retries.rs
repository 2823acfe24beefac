//! Trying again when someone else was faster.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use application::common::{Operation, RetryOnConflict, RetryPolicy, Retryable, UseCase};
use async_trait::async_trait;
use testkit::fakes::NoDelay;

#[derive(Clone, Copy)]
struct Ask;

#[derive(Debug, PartialEq, Eq)]
enum AskError {
    Conflict,
    Refused,
}

impl Operation for Ask {
    type Output = u32;
    type Error = AskError;
}

impl Retryable for AskError {
    fn is_conflict(&self) -> bool {
        *self == Self::Conflict
    }
}

/// Answers like this the first times, and with how often it was asked from then on.
struct Answers {
    first: Vec<AskError>,
    count: AtomicU32,
}

#[async_trait]
impl UseCase<Ask> for Answers {
    async fn execute(&self, _operation: Ask) -> Result<u32, AskError> {
        let index = self.count.fetch_add(1, Ordering::Relaxed);
        match self.first.get(index as usize) {
            Some(AskError::Conflict) => Err(AskError::Conflict),
            Some(AskError::Refused) => Err(AskError::Refused),
            None => Ok(index + 1),
        }
    }
}

/// What comes of it, and how often someone waited for that.
async fn outcome(first: Vec<AskError>, attempts: u32) -> (Result<u32, AskError>, u32) {
    let delay = Arc::new(NoDelay::default());
    let answers = Answers { first, count: AtomicU32::new(0) };
    let policy = RetryPolicy { attempts, ..RetryPolicy::USUAL };
    let retry = RetryOnConflict::new(answers, delay.clone(), policy);
    let outcome = retry.execute(Ask).await;
    (outcome, delay.count())
}

#[tokio::test]
async fn conflicts_are_tried_again_until_it_works() {
    let first = || vec![AskError::Conflict, AskError::Conflict];
    assert_eq!(outcome(vec![], 5).await, (Ok(1), 0));
    assert_eq!(outcome(first(), 5).await, (Ok(3), 2));
    assert_eq!(outcome(first(), 3).await, (Ok(3), 2));
}

#[tokio::test]
async fn who_collides_too_often_is_told() {
    let first = || vec![AskError::Conflict, AskError::Conflict, AskError::Conflict];
    assert_eq!(outcome(first(), 3).await, (Err(AskError::Conflict), 2));
    assert_eq!(outcome(first(), 1).await, (Err(AskError::Conflict), 0));
    assert_eq!(outcome(first(), 0).await, (Err(AskError::Conflict), 0));
}

#[tokio::test]
async fn nothing_else_is_tried_again() {
    let first = vec![AskError::Conflict, AskError::Refused];
    assert_eq!(outcome(first, 9).await, (Err(AskError::Refused), 1));
}
