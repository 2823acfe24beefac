//! What has happened, on its way to others.

use std::sync::Arc;

use application::catalog::commands::{
    ArchiveProduct, ArchiveProductInteractor, CreateProduct, CreateProductInteractor,
};
use application::common::UseCase;
use application::outbox::commands::{RelayOutbox, RelayOutboxError, RelayOutboxInteractor};
use domain::accounts::Role;
use domain::shared::{Currency, Money};
use testkit::fakes::RecordingPublisher;
use time::Duration;

use crate::world::World;

/// A product that was created and archived.
async fn given_two_events(world: &World) {
    let actor = world.user("alice", Role::User).await;
    let create = CreateProductInteractor::new(world.store.clone(), world.stamps.clone());
    let (name, description) = ("tea".to_owned(), String::new());
    let price = Money::zero(Currency::Eur);
    let asked = CreateProduct { actor, name, description, price, stock: 1 };
    let product = create.execute(asked).await.expect("it can be created");
    let archive = ArchiveProductInteractor::new(
        world.store.clone(),
        world.cache.clone(),
        world.stamps.clone(),
    );
    archive.execute(ArchiveProduct { actor, product }).await.expect("it can be archived");
}

fn relay(world: &World, publisher: &Arc<RecordingPublisher>) -> RelayOutboxInteractor {
    RelayOutboxInteractor::new(world.store.clone(), publisher.clone(), world.clock.clone())
}

#[tokio::test]
async fn everything_is_told_once_and_in_order() {
    let world = World::new();
    given_two_events(&world).await;
    let publisher = Arc::new(RecordingPublisher::default());
    let relay = relay(&world, &publisher);
    for expected in [1, 1, 0] {
        let told = relay.execute(RelayOutbox { limit: 1 }).await.expect("someone listens");
        assert_eq!(told, expected);
    }
    assert_eq!(publisher.told(), ["catalog.product_created", "catalog.product_archived"]);
}

#[tokio::test]
async fn what_nobody_heard_is_told_again() {
    let world = World::new();
    given_two_events(&world).await;
    let deaf = Arc::new(RecordingPublisher::deaf_to("catalog.product_archived"));
    let outcome = relay(&world, &deaf).execute(RelayOutbox { limit: 9 }).await;
    assert!(matches!(outcome, Err(RelayOutboxError::Unavailable(_))), "{outcome:?}");
    let publisher = Arc::new(RecordingPublisher::default());
    let relay = relay(&world, &publisher);
    let told = relay.execute(RelayOutbox { limit: 9 }).await.expect("someone listens");
    assert_eq!(told, 0, "it is still claimed by the first");
    world.clock.advance(Duration::MINUTE);
    let told = relay.execute(RelayOutbox { limit: 9 }).await.expect("someone listens");
    assert_eq!(told, 1);
    assert_eq!(deaf.told(), ["catalog.product_created"]);
    assert_eq!(publisher.told(), ["catalog.product_archived"]);
}
