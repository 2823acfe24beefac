//! Where one-time tokens are kept.

use domain::accounts::{OneTimeToken, TokenPurpose, User};
use time::{Duration, OffsetDateTime};

use super::Backend;
use super::steps::{assert_conflict, given_user};
use crate::builders::{START, UserBuilder, digest_of};

fn token(text: &str, user: &User, expires_at: OffsetDateTime) -> OneTimeToken {
    OneTimeToken::new(digest_of(text), TokenPurpose::PasswordRecovery, user.id(), expires_at)
}

async fn put(backend: &Backend, token: &OneTimeToken) {
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    work.one_time_tokens().put(token).await.expect("a token can be put");
    work.commit().await.expect("a token can be kept");
}

/// Takes a token, and commits if asked to.
async fn take(backend: &Backend, text: &str, commits: bool) -> Option<OneTimeToken> {
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let taken = work.one_time_tokens().take(&digest_of(text)).await.expect("it can be taken");
    if commits {
        work.commit().await.expect("it can be kept");
    }
    taken
}

/// A token is taken once, unless who took it rolls back.
pub async fn a_token_is_taken_once(backend: &Backend) {
    let user = given_user(backend).await;
    let kept = token("one", &user, START + Duration::HOUR);
    put(backend, &kept).await;
    assert_eq!(take(backend, "another", true).await, None);
    assert_eq!(take(backend, "one", false).await, Some(kept));
    assert_eq!(take(backend, "one", true).await, Some(kept));
    assert_eq!(take(backend, "one", true).await, None);
}

/// A token takes the place of the one before.
pub async fn a_token_replaces_the_one_before(backend: &Backend) {
    let (user, other) = (given_user(backend).await, given_user(backend).await);
    put(backend, &token("first", &user, START + Duration::HOUR)).await;
    put(backend, &token("others", &other, START + Duration::HOUR)).await;
    put(backend, &token("second", &user, START + Duration::HOUR)).await;
    assert_eq!(take(backend, "first", true).await, None);
    assert!(take(backend, "second", true).await.is_some());
    assert!(take(backend, "others", true).await.is_some());
    let nobody = UserBuilder::new().build();
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let orphan = token("orphan", &nobody, START + Duration::HOUR);
    assert_conflict(&work.one_time_tokens().put(&orphan).await);
}

/// Tokens are removed when a password changes, and forgotten when they expire.
pub async fn tokens_are_removed_and_purged(backend: &Backend) {
    let (user, other) = (given_user(backend).await, given_user(backend).await);
    put(backend, &token("one", &user, START + Duration::HOUR)).await;
    put(backend, &token("late", &other, START)).await;
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let purpose = TokenPurpose::PasswordRecovery;
    work.one_time_tokens().remove_all(user.id(), purpose).await.expect("it can be removed");
    let now = START + Duration::MINUTE;
    let count = work.one_time_tokens().purge_expired_before(now).await;
    assert_eq!(count.expect("tokens can be forgotten"), 1);
    work.commit().await.expect("it can be kept");
    assert_eq!(take(backend, "one", true).await, None);
    assert_eq!(take(backend, "late", true).await, None);
}
