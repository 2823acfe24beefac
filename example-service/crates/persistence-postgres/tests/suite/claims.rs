//! Claims beside others that have not come to their end.

use std::time::Duration;

use application::ports::{
    AccountsUnitOfWorkFactory, EventId, Job, JobId, JobStore, OutboxMessage, OutboxStore,
};
use domain::catalog::ProductId;
use domain::catalog::events::ProductArchived;
use sqlx::Connection;
use testkit::builders::{START, fresh_id};
use tokio::time::timeout;

use crate::database::Database;

/// Far longer than a claim takes that does not wait.
const PATIENCE: Duration = Duration::from_secs(20);

/// What somebody else is claiming is passed over, and not waited for.
#[tokio::test]
async fn what_others_are_claiming_is_passed_over() {
    let database = Database::migrated().await;
    let store = &database.store;
    let jobs = [JobId::new(fresh_id()), JobId::new(fresh_id())];
    let messages = [EventId::new(fresh_id()), EventId::new(fresh_id())];
    let mut work = AccountsUnitOfWorkFactory::begin(store).await.expect("one can begin");
    for (job, message) in jobs.into_iter().zip(messages) {
        work.jobs().enqueue(job, &Job::PurgeDoneJobs).await.expect("a job can be enqueued");
        let event = ProductArchived { product: ProductId::new(fresh_id()) };
        let message = OutboxMessage::new(message, &event, START);
        work.outbox().append(&message).await.expect("a message can be appended");
    }
    work.commit().await.expect("they can be kept");
    // As far as others have come when they have chosen, and have not written it down.
    let mut connection = database.connect().await;
    let mut others = connection.begin().await.expect("one can begin");
    for statement in [
        "SELECT id FROM enqueued_jobs ORDER BY id LIMIT 1 FOR UPDATE",
        "SELECT id FROM outbox ORDER BY occurred_at, id LIMIT 1 FOR UPDATE",
    ] {
        sqlx::query(statement).execute(&mut *others).await.expect("it can be locked");
    }
    let until = START + time::Duration::MINUTE;
    let claimed = timeout(PATIENCE, store.claim_jobs(9, START, until)).await;
    let claimed = claimed.expect("it does not wait").expect("jobs can be claimed");
    assert_eq!(claimed.iter().map(|job| job.id).collect::<Vec<_>>(), [jobs[1]]);
    let claimed = timeout(PATIENCE, store.claim(9, START, until)).await;
    let claimed = claimed.expect("it does not wait").expect("messages can be claimed");
    assert_eq!(claimed.iter().map(|message| message.id).collect::<Vec<_>>(), [messages[1]]);
    others.rollback().await.expect("they can let go");
    let claimed = store.claim_jobs(9, START, until).await.expect("jobs can be claimed");
    assert_eq!(claimed.iter().map(|job| job.id).collect::<Vec<_>>(), [jobs[0]]);
}
