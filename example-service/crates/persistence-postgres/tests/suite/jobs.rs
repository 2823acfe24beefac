//! Jobs on their way to who does them.

use application::ports::{AccountsUnitOfWorkFactory, Job, JobId};
use domain::accounts::UserId;
use persistence_postgres::PostgresStore;
use testkit::builders::{START, fresh_id};
use time::Duration;

use crate::database::Database;

async fn given_job(store: &PostgresStore) -> JobId {
    let id = JobId::new(fresh_id());
    let job = Job::SendWelcomeMail { user: UserId::new(id.get()) };
    let mut work = AccountsUnitOfWorkFactory::begin(store).await.expect("one can begin");
    work.jobs().enqueue(id, &job).await.expect("a job can be enqueued");
    work.commit().await.expect("a job can be kept");
    id
}

async fn claim(store: &PostgresStore, limit: u32, now: time::OffsetDateTime) -> Vec<JobId> {
    let claimed = store.claim_jobs(limit, now, now + Duration::MINUTE).await;
    claimed.expect("jobs can be claimed").into_iter().map(|(id, _)| id).collect()
}

#[tokio::test]
async fn jobs_are_claimed_once_the_oldest_first() {
    let database = Database::migrated().await;
    let store = &database.store;
    let [first, second, third] =
        [given_job(store).await, given_job(store).await, given_job(store).await];
    assert_eq!(claim(store, 2, START).await, [first, second]);
    assert_eq!(claim(store, 9, START).await, [third]);
    assert_eq!(claim(store, 9, START).await, []);
}

#[tokio::test]
async fn what_nobody_takes_over_is_claimed_again() {
    let database = Database::migrated().await;
    let store = &database.store;
    let [first, second] = [given_job(store).await, given_job(store).await];
    assert_eq!(claim(store, 9, START).await, [first, second]);
    store.acknowledge_jobs(&[first]).await.expect("jobs can be acknowledged");
    let almost = START + Duration::MINUTE - Duration::SECOND;
    assert_eq!(claim(store, 9, almost).await, []);
    assert_eq!(claim(store, 9, START + Duration::MINUTE).await, [second]);
}
