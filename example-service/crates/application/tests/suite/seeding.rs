//! The first user of all.

use std::sync::Arc;

use application::administration::commands::{
    SeedOutcome, SeedSuperuser, SeedSuperuserError, SeedSuperuserInteractor,
};
use application::common::UseCase;
use domain::accounts::Role;
use tokio::task::JoinSet;

use crate::world::{PASSWORD, World, secret};

fn seed(world: &World) -> SeedSuperuserInteractor {
    SeedSuperuserInteractor::new(world.store.clone(), world.hasher.clone(), world.stamps.clone())
}

fn root() -> SeedSuperuser {
    let (username, email) = ("super".to_owned(), "super@example.com".to_owned());
    SeedSuperuser { username, email, password: secret(PASSWORD) }
}

#[tokio::test]
async fn there_is_one_after_any_number_of_starts() {
    let world = World::new();
    let SeedOutcome::Seeded(id) = seed(&world).execute(root()).await.expect("it can be seeded")
    else {
        panic!("there was none before")
    };
    assert_eq!(world.load_user(id).await.map(|user| user.role()), Some(Role::SuperAdmin));
    let again = SeedSuperuser { username: "another".to_owned(), ..root() };
    let outcome = seed(&world).execute(again).await.expect("it is seeded already");
    assert_eq!(outcome, SeedOutcome::AlreadyThere);
    world.logged_in("super").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_that_start_at_once_one_seeds_and_none_fails() {
    let world = Arc::new(World::new());
    let mut tasks = JoinSet::new();
    for _ in 0..20 {
        let world = Arc::clone(&world);
        tasks.spawn(async move { seed(&world).execute(root()).await });
    }
    let outcomes = tasks.join_all().await;
    let seeded = outcomes.iter().filter(|it| matches!(it, Ok(SeedOutcome::Seeded(_)))).count();
    let there = outcomes.iter().filter(|it| matches!(it, Ok(SeedOutcome::AlreadyThere))).count();
    assert_eq!((seeded, there), (1, 19), "{outcomes:?}");
    assert_eq!(world.events().await, ["accounts.user_registered"]);
}

#[tokio::test]
async fn a_name_that_is_taken_by_someone_else_is_told() {
    let world = World::new();
    world.user("super", Role::User).await;
    let root = SeedSuperuser { email: "root@example.com".to_owned(), ..root() };
    let outcome = seed(&world).execute(root).await;
    assert!(matches!(outcome, Err(SeedSuperuserError::UsernameTaken)), "{outcome:?}");
}
