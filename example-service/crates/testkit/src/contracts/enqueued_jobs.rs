//! Jobs on their way to those who run them.

use application::ports::{Job, JobId, QueuedJob, UniqueConstraint};
use domain::accounts::UserId;
use time::{Duration, OffsetDateTime};

use super::Backend;
use super::steps::assert_duplicate;
use crate::builders::{START, fresh_id};

async fn given(backend: &Backend, job: &Job) -> QueuedJob {
    let id = JobId::new(fresh_id());
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    work.jobs().enqueue(id, job).await.expect("a job can be enqueued");
    work.commit().await.expect("a job can be kept");
    QueuedJob::new(id, job)
}

async fn given_welcome(backend: &Backend) -> QueuedJob {
    given(backend, &Job::SendWelcomeMail { user: UserId::new(fresh_id()) }).await
}

async fn claim(backend: &Backend, limit: u32, now: OffsetDateTime) -> Vec<QueuedJob> {
    let claimed = backend.jobs.claim_jobs(limit, now, now + Duration::MINUTE).await;
    claimed.expect("jobs can be claimed")
}

/// Jobs are claimed as they went in, the oldest first, by one at a time.
pub async fn jobs_are_claimed_once(backend: &Backend) {
    let [first, second, third] = [
        given_welcome(backend).await,
        given(backend, &Job::PurgeDoneJobs).await,
        given_welcome(backend).await,
    ];
    assert_eq!(claim(backend, 2, START).await, [first, second]);
    assert_eq!(claim(backend, 9, START).await, [third]);
    assert_eq!(claim(backend, 9, START).await, []);
}

/// What nobody takes over is claimed again, and what somebody does never is.
pub async fn dead_claims_run_out(backend: &Backend) {
    let (first, second) = (given_welcome(backend).await, given_welcome(backend).await);
    assert_eq!(claim(backend, 9, START).await.len(), 2);
    backend.jobs.acknowledge_jobs(&[first.id]).await.expect("jobs can be acknowledged");
    backend.jobs.acknowledge_jobs(&[]).await.expect("none can be acknowledged");
    let almost = START + Duration::MINUTE - Duration::SECOND;
    assert_eq!(claim(backend, 9, almost).await, []);
    assert_eq!(claim(backend, 9, START + Duration::MINUTE).await, [second]);
}

/// Jobs are counted by kind, whether someone has claimed them or not, until they are taken
/// over.
pub async fn jobs_are_counted_until_acknowledged(backend: &Backend) {
    let first = given_welcome(backend).await;
    given_welcome(backend).await;
    given(backend, &Job::PurgeDoneJobs).await;
    claim(backend, 1, START).await;
    let counted = backend.jobs.count_jobs().await.expect("jobs can be counted");
    let expected = [("purge_done_jobs".to_owned(), 1), ("send_welcome_mail".to_owned(), 2)];
    assert_eq!(counted, expected);
    backend.jobs.acknowledge_jobs(&[first.id]).await.expect("jobs can be acknowledged");
    let counted = backend.jobs.count_jobs().await.expect("jobs can be counted");
    assert_eq!(counted, expected.map(|(kind, _)| (kind, 1)));
}

/// A job is enqueued once.
pub async fn a_job_is_enqueued_once(backend: &Backend) {
    let job = given_welcome(backend).await;
    let mut work = backend.accounts.begin().await.expect("a unit of work can begin");
    let again = work.jobs().enqueue(job.id, &Job::PurgeDoneJobs).await;
    assert_duplicate(&again, UniqueConstraint::Id);
    drop(work);
    assert_eq!(claim(backend, 9, START).await, [job]);
}
