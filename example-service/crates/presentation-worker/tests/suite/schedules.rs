//! Doing what is due.

use application::ports::{Job, JobReadStore, JobState};
use domain::accounts::UserId;
use testkit::builders::{START, fresh_id};
use time::Duration;

use crate::world::World;

#[tokio::test]
async fn everything_is_cleaned_up_once_for_each_time() {
    let world = World::new();
    let worker = world.work();
    for (due, done) in [(START, 3), (START, 3), (START + Duration::HOUR, 6)] {
        world.ring.send(due).expect("the worker waits");
        world.wait_for(JobState::Done, done).await;
    }
    worker.stop().await;
    let counts = world.jobs.counts().await.expect("jobs can be counted");
    let kinds: Vec<(&str, u64)> = counts.iter().map(|it| (it.kind.as_str(), it.count)).collect();
    let expected =
        [("purge_done_jobs", 2), ("purge_expired_sessions", 2), ("purge_idempotency_keys", 2)];
    assert_eq!(kinds, expected);
}

#[tokio::test]
async fn what_was_done_long_ago_is_forgotten() {
    let world = World::new();
    world.enqueue(&[Job::SendWelcomeMail { user: UserId::new(fresh_id()) }]).await;
    let worker = world.work();
    world.wait_for(JobState::Done, 1).await;
    world.clock.advance(Duration::days(2));
    world.ring.send(START + Duration::days(2)).expect("the worker waits");
    world.wait_until_there_is_none("send_welcome_mail").await;
    world.wait_for(JobState::Done, 3).await;
    worker.stop().await;
}
