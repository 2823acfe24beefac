//! What is done later, on its way to those who do it.

use std::sync::Arc;

use application::authorization::{Actor, Refusal};
use application::common::{PageLimit, UseCase};
use application::jobs::commands::{
    DispatchPurges, DispatchPurgesInteractor, PurgeDoneJobs, PurgeDoneJobsInteractor, RelayJobs,
    RelayJobsError, RelayJobsInteractor, RetryJob, RetryJobError, RetryJobInteractor,
};
use application::jobs::queries::{JobBoard, ListJobs, ListJobsError, ListJobsQuery};
use application::ports::{
    AccountsUnitOfWorkFactory, Job, JobCount, JobDispatcher, JobFailure, JobHandler, JobId,
    JobReadStore, JobRunner, JobState, JobStore, QueuedJob, RepositoryError, Revival, Unavailable,
};
use async_trait::async_trait;
use domain::accounts::Role;
use persistence_memory::{MemoryJobs, MemoryStore};
use testkit::builders::START;
use time::{Duration, OffsetDateTime};
use tokio::sync::oneshot;

use crate::world::World;

/// A queue that takes jobs until one of this kind comes.
struct Picky(MemoryJobs, &'static str);

#[async_trait]
impl JobDispatcher for Picky {
    async fn dispatch(&self, job: &QueuedJob) -> Result<(), Unavailable> {
        if job.kind == self.1 {
            return Err(Unavailable::new("nobody takes this"));
        }
        self.0.dispatch(job).await
    }

    async fn revive(&self, job: JobId) -> Result<Revival, Unavailable> {
        self.0.revive(job).await
    }

    async fn forget_done_before(&self, time: OffsetDateTime) -> Result<u64, Unavailable> {
        self.0.forget_done_before(time).await
    }
}

/// A store that is gone by the time jobs are acknowledged, as when the process dies.
struct Dying(Arc<MemoryStore>);

#[async_trait]
impl JobStore for Dying {
    async fn claim_jobs(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<QueuedJob>, RepositoryError> {
        self.0.claim_jobs(limit, now, lease_until).await
    }

    async fn acknowledge_jobs(&self, _: &[JobId]) -> Result<(), RepositoryError> {
        Err(RepositoryError::unavailable("the process has died"))
    }

    async fn count_jobs(&self) -> Result<Vec<(String, u64)>, RepositoryError> {
        self.0.count_jobs().await
    }
}

/// Does nothing, or fails to.
struct Doing(Result<(), JobFailure>);

#[async_trait]
impl JobHandler for Doing {
    async fn handle(&self, _: &QueuedJob) -> Result<(), JobFailure> {
        self.0.clone()
    }
}

fn queue(world: &World) -> MemoryJobs {
    MemoryJobs::new(world.clock.clone(), 1)
}

async fn enqueue(world: &World, jobs: &[Job]) {
    let mut work = AccountsUnitOfWorkFactory::begin(&*world.store).await.expect("it begins");
    for job in jobs {
        let enqueued = work.jobs().enqueue(world.stamps.next_job(), job).await;
        enqueued.expect("a job can be enqueued");
    }
    work.commit().await.expect("jobs can be kept");
}

fn relay(world: &World, dispatcher: impl JobDispatcher + 'static) -> RelayJobsInteractor {
    RelayJobsInteractor::new(world.store.clone(), Arc::new(dispatcher), world.clock.clone())
}

async fn counts(queue: &MemoryJobs) -> Vec<(String, JobState, u64)> {
    let counts = queue.counts().await.expect("jobs can be counted");
    counts.into_iter().map(|JobCount { kind, state, count }| (kind, state, count)).collect()
}

/// Has all jobs that were dispatched come to an end.
async fn run_all(queue: &MemoryJobs, outcome: Result<(), JobFailure>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let running = queue.run(
        Arc::new(Doing(outcome)),
        Box::pin(async {
            let _ = stopped.await;
        }),
    );
    let stopping = async {
        loop {
            let counts = counts(queue).await;
            if counts.iter().all(|(_, state, _)| {
                !matches!(state, JobState::Waiting | JobState::Running | JobState::Retrying)
            }) {
                break;
            }
            tokio::task::yield_now().await;
        }
        drop(stop);
    };
    let (ran, ()) = tokio::join!(running, stopping);
    ran.expect("jobs can be run");
}

#[tokio::test]
async fn jobs_are_handed_over_once_some_at_a_time() {
    let world = World::new();
    let queue = queue(&world);
    enqueue(&world, &[const { Job::PurgeDoneJobs }; 3]).await;
    let relay = relay(&world, queue.clone());
    for expected in [2, 1, 0] {
        let relayed = relay.execute(RelayJobs { limit: 2 }).await.expect("they can be taken");
        assert_eq!(relayed, expected);
    }
    assert_eq!(counts(&queue).await, [("purge_done_jobs".to_owned(), JobState::Waiting, 3)]);
    assert_eq!(world.jobs(), []);
}

#[tokio::test]
async fn what_nobody_takes_is_handed_over_later() {
    let world = World::new();
    let queue = queue(&world);
    let jobs = [Job::PurgeDoneJobs, Job::PurgeExpiredSessions, Job::PurgeIdempotencyKeys];
    enqueue(&world, &jobs).await;
    let picky = Picky(queue.clone(), "purge_expired_sessions");
    let refused = relay(&world, picky).execute(RelayJobs { limit: 9 }).await;
    assert!(matches!(refused, Err(RelayJobsError::Unavailable(_))), "{refused:?}");
    assert_eq!(counts(&queue).await.len(), 1);
    let relay = relay(&world, queue.clone());
    let relayed = relay.execute(RelayJobs { limit: 9 }).await.expect("they can be taken");
    assert_eq!(relayed, 0, "they are still claimed");
    world.clock.advance(Duration::MINUTE);
    let relayed = relay.execute(RelayJobs { limit: 9 }).await.expect("they can be taken");
    assert_eq!(relayed, 2);
    assert_eq!(counts(&queue).await.len(), 3);
}

#[tokio::test]
async fn who_dies_before_acknowledging_makes_no_second_job() {
    let world = World::new();
    let queue = queue(&world);
    enqueue(&world, &[Job::PurgeDoneJobs]).await;
    let dying = Arc::new(Dying(world.store.clone()));
    let relay_of_the_dying =
        RelayJobsInteractor::new(dying, Arc::new(queue.clone()), world.clock.clone());
    let died = relay_of_the_dying.execute(RelayJobs { limit: 9 }).await;
    assert!(matches!(died, Err(RelayJobsError::Repository(_))), "{died:?}");
    run_all(&queue, Ok(())).await;
    world.clock.advance(Duration::MINUTE);
    let relay = relay(&world, queue.clone());
    let relayed = relay.execute(RelayJobs { limit: 9 }).await.expect("they can be taken");
    assert_eq!(relayed, 1);
    let done = [("purge_done_jobs".to_owned(), JobState::Done, 1)];
    assert_eq!(counts(&queue).await, done, "it was done already");
    assert_eq!(world.jobs(), []);
}

#[tokio::test]
async fn there_is_one_job_of_each_purge_for_each_time() {
    let world = World::new();
    let queue = queue(&world);
    let dispatch = DispatchPurgesInteractor::new(Arc::new(queue.clone()));
    for (due, each) in [(START, 1), (START, 1), (START + Duration::HOUR, 2)] {
        dispatch.execute(DispatchPurges { due }).await.expect("they can be taken");
        let expected = ["purge_done_jobs", "purge_expired_sessions", "purge_idempotency_keys"];
        let expected = expected.map(|kind| (kind.to_owned(), JobState::Waiting, each));
        assert_eq!(counts(&queue).await, expected);
    }
}

#[tokio::test]
async fn jobs_are_forgotten_some_time_after_they_were_done() {
    let world = World::new();
    let queue = queue(&world);
    let dispatcher = Arc::new(queue.clone());
    let purge = PurgeDoneJobsInteractor::new(dispatcher, Duration::DAY, world.clock.clone());
    enqueue(&world, &[Job::PurgeDoneJobs]).await;
    let relay = relay(&world, queue.clone());
    relay.execute(RelayJobs { limit: 9 }).await.expect("they can be taken");
    run_all(&queue, Ok(())).await;
    world.clock.advance(Duration::DAY);
    assert_eq!(purge.execute(PurgeDoneJobs).await.expect("it can be forgotten"), 0);
    world.clock.advance(Duration::SECOND);
    assert_eq!(purge.execute(PurgeDoneJobs).await.expect("it can be forgotten"), 1);
}

async fn list(
    world: &World,
    queue: &MemoryJobs,
    actor: Actor,
    before: Option<JobId>,
) -> Result<JobBoard, ListJobsError> {
    let limit = PageLimit::try_new(2).expect("it is a limit");
    let query = ListJobsQuery::new(world.store.clone(), Arc::new(queue.clone()));
    query.execute(ListJobs { actor, before, limit }).await
}

#[tokio::test]
async fn super_admins_see_jobs_from_their_beginning_to_their_end() {
    let world = World::new();
    let queue = queue(&world);
    let root = world.user("root.root", Role::SuperAdmin).await;
    enqueue(&world, &[const { Job::PurgeExpiredSessions }; 3]).await;
    let relay = relay(&world, queue.clone());
    relay.execute(RelayJobs { limit: 9 }).await.expect("they can be taken");
    run_all(&queue, Err(JobFailure("no luck".to_owned()))).await;
    enqueue(&world, &[const { Job::PurgeExpiredSessions }; 2]).await;
    relay.execute(RelayJobs { limit: 1 }).await.expect("they can be taken");
    let first = list(&world, &queue, root, None).await.expect("jobs can be read");
    let count = |state, count| JobCount { kind: "purge_expired_sessions".to_owned(), state, count };
    let expected =
        [count(JobState::Enqueued, 1), count(JobState::Waiting, 1), count(JobState::Dead, 3)];
    assert_eq!(first.counts, expected);
    assert_eq!(first.dead.items.len(), 2);
    assert!(first.dead.items.iter().all(|job| job.error == "no luck" && job.attempts == 1));
    let rest = list(&world, &queue, root, first.dead.next).await.expect("jobs can be read");
    assert_eq!((rest.dead.items.len(), rest.dead.next), (1, None));
    assert!(rest.dead.items[0].id < first.dead.items[1].id);
}

#[tokio::test]
async fn nobody_else_sees_jobs() {
    let world = World::new();
    let queue = queue(&world);
    for (username, role) in [("alice", Role::User), ("carol", Role::Admin)] {
        let actor = world.user(username, role).await;
        let refused = list(&world, &queue, actor, None).await;
        assert!(
            matches!(refused, Err(ListJobsError::Refused(Refusal::Forbidden))),
            "{role}: {refused:?}"
        );
    }
}

#[tokio::test]
async fn super_admins_have_dead_jobs_run_again() {
    let world = World::new();
    let queue = queue(&world);
    let root = world.user("root.root", Role::SuperAdmin).await;
    enqueue(&world, &[Job::PurgeDoneJobs]).await;
    let relay = relay(&world, queue.clone());
    relay.execute(RelayJobs { limit: 9 }).await.expect("they can be taken");
    run_all(&queue, Err(JobFailure("no luck".to_owned()))).await;
    let retry = RetryJobInteractor::new(Arc::new(queue.clone()));
    let job = queue.dead(None, 9).await.expect("dead jobs can be read")[0].id;
    for (username, role) in [("alice", Role::User), ("carol", Role::Admin)] {
        let actor = world.user(username, role).await;
        let refused = retry.execute(RetryJob { actor, job }).await;
        let expected = matches!(refused, Err(RetryJobError::Refused(Refusal::Forbidden)));
        assert!(expected, "{role}: {refused:?}");
    }
    assert_eq!(counts(&queue).await, [("purge_done_jobs".to_owned(), JobState::Dead, 1)]);
    retry.execute(RetryJob { actor: root, job }).await.expect("it is dead");
    let refused = retry.execute(RetryJob { actor: root, job }).await;
    assert!(matches!(refused, Err(RetryJobError::NotDead)), "{refused:?}");
    run_all(&queue, Ok(())).await;
    assert_eq!(counts(&queue).await, [("purge_done_jobs".to_owned(), JobState::Done, 1)]);
    let unknown = world.stamps.next_job();
    let refused = retry.execute(RetryJob { actor: root, job: unknown }).await;
    let expected = matches!(refused, Err(RetryJobError::Refused(Refusal::NotFound)));
    assert!(expected, "{refused:?}");
}
