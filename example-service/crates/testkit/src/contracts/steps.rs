//! Steps that many contracts take. They panic when the store refuses.

use application::ports::{Job, OutboxMessage, RepositoryError, UniqueConstraint};
use domain::accounts::{Session, User, UserId};
use domain::catalog::{Product, ProductId};
use domain::orders::{Order, OrderId};
use time::Duration;

use super::Backend;
use crate::builders::{START, UserBuilder};

pub(super) async fn add_user(backend: &Backend, user: &User) -> Result<(), RepositoryError> {
    let mut work = backend.accounts.begin().await?;
    work.users().add(user).await?;
    work.commit().await
}

/// A user who is in the store.
pub(super) async fn given_user(backend: &Backend) -> User {
    let user = UserBuilder::new().build();
    add_user(backend, &user).await.expect("a user can be added");
    load_user(backend, user.id()).await.expect("the user is there")
}

pub(super) async fn load_user(backend: &Backend, id: UserId) -> Option<User> {
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    work.users().find(id).await.expect("users can be read")
}

pub(super) async fn update_user(backend: &Backend, user: &User) -> Result<(), RepositoryError> {
    let mut work = backend.accounts.begin().await?;
    work.users().update(user).await?;
    work.commit().await
}

pub(super) async fn given_session(backend: &Backend, session: &Session) {
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    work.sessions().add(session).await.expect("a session can be added");
    work.commit().await.expect("a session can be kept");
}

pub(super) async fn given_product(backend: &Backend, product: &Product) {
    let mut work = backend.catalog.begin().await.expect("a unit of work can begin");
    work.products().add(product).await.expect("a product can be added");
    work.commit().await.expect("a product can be kept");
}

pub(super) async fn load_product(backend: &Backend, id: ProductId) -> Product {
    let mut work = backend.catalog.begin().await.expect("a unit of work can begin");
    let found = work.products().find(id).await.expect("products can be read");
    found.expect("the product is there")
}

pub(super) async fn update_product(
    backend: &Backend,
    product: &Product,
) -> Result<(), RepositoryError> {
    let mut work = backend.catalog.begin().await?;
    work.products().update(product).await?;
    work.commit().await
}

pub(super) async fn given_order(backend: &Backend, order: &Order) {
    let mut work = backend.orders.begin().await.expect("a unit of work can begin");
    work.orders().add(order).await.expect("an order can be added");
    work.commit().await.expect("an order can be kept");
}

pub(super) async fn load_order(backend: &Backend, id: OrderId) -> Option<Order> {
    let mut work = backend.orders.begin().await.expect("a unit of work can begin");
    work.orders().find(id).await.expect("orders can be read")
}

/// All messages that can be claimed now; they are let go of a second later.
pub(super) async fn messages(backend: &Backend) -> Vec<OutboxMessage> {
    let claimed = backend.outbox.claim(1_000, START, START + Duration::SECOND).await;
    claimed.expect("messages can be claimed")
}

/// All jobs that can be claimed now, the oldest first; they are let go of a second later.
pub(super) async fn jobs(backend: &Backend) -> Vec<Job> {
    let claimed = backend.jobs.claim_jobs(1_000, START, START + Duration::SECOND).await;
    let claimed = claimed.expect("jobs can be claimed").into_iter();
    claimed.map(|job| job.job().expect("it is a job")).collect()
}

#[track_caller]
pub(super) fn assert_duplicate(outcome: &Result<(), RepositoryError>, of: UniqueConstraint) {
    let is_duplicate = outcome.as_ref().is_err_and(|error| error.is_duplicate(of));
    assert!(is_duplicate, "expected a duplicate of {of:?}, got {outcome:?}");
}

#[track_caller]
pub(super) fn assert_conflict(outcome: &Result<(), RepositoryError>) {
    let is_conflict = outcome.as_ref().is_err_and(RepositoryError::is_conflict);
    assert!(is_conflict, "expected a conflict, got {outcome:?}");
}
