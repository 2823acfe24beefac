//! Handing on what was asked for and what has happened.

use application::ports::OutboxMessage;
use application::ports::{CatalogUnitOfWorkFactory, EventId, Job, JobState, JobStore};
use domain::catalog::ProductId;
use domain::catalog::events::ProductArchived;
use testkit::builders::{START, fresh_id};

use crate::world::World;

#[tokio::test]
async fn more_than_fits_at_once_is_handed_on_all_the_same() {
    let world = World::new();
    world.enqueue(&[const { Job::PurgeIdempotencyKeys }; 7]).await;
    let worker = world.work();
    world.wait_for(JobState::Done, 7).await;
    worker.stop().await;
    let left = world.store.count_jobs().await.expect("jobs can be counted");
    assert_eq!(left, []);
}

#[tokio::test]
async fn what_has_happened_is_told() {
    let world = World::new();
    let mut work = CatalogUnitOfWorkFactory::begin(&*world.store).await.expect("it begins");
    for _ in 0..5 {
        let event = ProductArchived { product: ProductId::new(fresh_id()) };
        let message = OutboxMessage::new(EventId::new(fresh_id()), &event, START);
        work.outbox().append(&message).await.expect("a message can be appended");
    }
    work.commit().await.expect("messages can be kept");
    let worker = world.work();
    world.wait_until("five events are told", || world.publisher.told().len() == 5).await;
    worker.stop().await;
    assert_eq!(world.publisher.told().len(), 5);
}

#[tokio::test]
async fn what_comes_while_it_works_is_handed_on_too() {
    let world = World::new();
    let worker = world.work();
    for done in 1..=3 {
        world.enqueue(&[Job::PurgeIdempotencyKeys]).await;
        world.wait_for(JobState::Done, done).await;
    }
    worker.stop().await;
    world.enqueue(&[Job::PurgeIdempotencyKeys]).await;
    let left = world.store.count_jobs().await.expect("jobs can be counted");
    assert_eq!(left, [("purge_idempotency_keys".to_owned(), 1)]);
}
