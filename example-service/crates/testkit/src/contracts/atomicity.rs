//! Everything or nothing.

use application::ports::{EventId, Job, JobId, OutboxMessage};
use domain::accounts::UserId;
use domain::accounts::events::UserRegistered;
use domain::shared::Quantity;

use super::Backend;
use super::steps::{
    given_product, jobs, load_order, load_product, load_user, messages, update_product,
};
use crate::builders::{OrderBuilder, ProductBuilder, START, UserBuilder, fresh_id};

fn jobs_of(user: UserId) -> Job {
    Job::SendWelcomeMail { user }
}

/// What is dropped leaves no trace: no row, no event, no job.
pub async fn what_is_dropped_leaves_no_trace(backend: &Backend) {
    for commits in [false, true] {
        let user = UserBuilder::new().build();
        let (username, email) = (user.username().clone(), user.email().clone());
        let event = UserRegistered { user: user.id(), username, email };
        let message = OutboxMessage::new(EventId::new(fresh_id()), &event, START);
        let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
        work.users().add(&user).await.expect("a user can be added");
        work.outbox().append(&message).await.expect("a message can be appended");
        let job = jobs_of(user.id());
        work.jobs().enqueue(JobId::new(fresh_id()), &job).await.expect("a job can be enqueued");
        let seen = work.users().find(user.id()).await.expect("users can be read");
        assert!(seen.is_some(), "a unit of work sees its own changes");
        if commits {
            work.commit().await.expect("changes can be kept");
        } else {
            drop(work);
        }
        assert_eq!(load_user(backend, user.id()).await.is_some(), commits);
        let expected = if commits { vec![message] } else { vec![] };
        assert_eq!(messages(backend).await, expected);
        let expected = if commits { vec![job] } else { vec![] };
        assert_eq!(jobs(backend).await, expected);
    }
}

/// Jobs of every kind come out as they went in.
pub async fn jobs_come_out_as_they_went_in(backend: &Backend) {
    let user = UserId::new(fresh_id());
    let email = UserBuilder::new().build().email().clone();
    let asked_for = [
        jobs_of(user),
        Job::SendRecoveryMail { email },
        Job::BuildOrderReport { report: domain::reports::ReportId::new(fresh_id()) },
        Job::ArchiveProductsOfSeller { seller: user },
        Job::PurgeExpiredSessions,
    ];
    for job in &asked_for {
        let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
        work.jobs().enqueue(JobId::new(fresh_id()), job).await.expect("a job can be enqueued");
        work.commit().await.expect("a job can be kept");
    }
    assert_eq!(jobs(backend).await, asked_for);
}

/// When the last of several writes is refused, none of them is kept.
pub async fn a_refused_write_takes_the_others_along(backend: &Backend) {
    let tea = ProductBuilder::new().build();
    given_product(backend, &tea).await;
    let mut fresh = load_product(backend, tea.id()).await;
    let mut stale = fresh.clone();
    let one = Quantity::try_new(1).expect("one is a quantity");
    fresh.reserve(one).expect("it is in stock");
    update_product(backend, &fresh).await.expect("a fresh product can be updated");

    stale.reserve(one).expect("it was in stock");
    let order = OrderBuilder::new(UserId::new(fresh_id())).line(&tea, 1).build();
    let mut work = backend.orders.begin().await.expect("a unit of work can begin");
    work.orders().add(&order).await.expect("an order can be added");
    let updated = work.products().update(&stale).await;
    let refused = match updated {
        Ok(()) => work.commit().await,
        Err(error) => {
            drop(work);
            Err(error)
        }
    };
    assert!(refused.is_err_and(|error| error.is_conflict()));
    assert!(load_order(backend, order.id()).await.is_none());
    assert_eq!(load_product(backend, tea.id()).await.stock(), 9);
}

/// Nobody sees what is not committed.
pub async fn nobody_sees_what_is_not_committed(backend: &Backend) {
    let product = ProductBuilder::new().build();
    let mut work = backend.catalog.begin().await.expect("a unit of work can begin");
    work.products().add(&product).await.expect("a product can be added");
    let seen = backend.product_reads.find(product.id()).await.expect("it can be read");
    assert!(seen.is_none());
    work.commit().await.expect("a product can be kept");
    let seen = backend.product_reads.find(product.id()).await.expect("it can be read");
    assert!(seen.is_some());
}
