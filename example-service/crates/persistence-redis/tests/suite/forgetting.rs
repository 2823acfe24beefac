//! What Redis forgets by itself.

use std::sync::Arc;

use application::ports::AccountsUnitOfWorkFactory;
use domain::accounts::{Session, UserId};
use persistence_memory::MemoryStore;
use persistence_redis::RedisAccounts;
use redis::AsyncCommands;
use redis::aio::ConnectionManager;
use testkit::builders::{START, SessionBuilder, UserBuilder, digest_of};
use time::Duration;

use crate::store::{connection, fresh_name, store_of};

const DAY: i64 = 24 * 60 * 60;

struct World {
    redis: ConnectionManager,
    accounts: RedisAccounts,
    name: String,
    user: UserId,
}

impl World {
    async fn new() -> Self {
        let (redis, name) = (connection().await, fresh_name());
        let store = Arc::new(MemoryStore::new());
        let accounts = RedisAccounts::new(store, store_of(redis.clone(), &name));
        let user = UserBuilder::new().build();
        let mut work = accounts.begin().await.expect("it begins");
        work.users().add(&user).await.expect("a user can be added");
        work.commit().await.expect("a user can be kept");
        Self { redis, accounts, name, user: user.id() }
    }

    async fn add(&self) -> Session {
        let session = SessionBuilder::new(self.user).build();
        let mut work = self.accounts.begin().await.expect("it begins");
        work.sessions().add(&session).await.expect("a session can be added");
        work.commit().await.expect("a session can be kept");
        session
    }

    async fn change(&self, session: &Session, change: impl FnOnce(&mut Session)) {
        let mut work = self.accounts.begin().await.expect("it begins");
        let found = work.sessions().find(session.id()).await.expect("it can be read");
        let mut found = found.expect("the session is there");
        change(&mut found);
        work.sessions().update(&found).await.expect("it can be asked for");
        work.commit().await.expect("a session can be changed");
    }

    /// What is there, with its kind and how many days it is kept: none when it is for ever.
    async fn kept(&self) -> Vec<(String, Option<i64>)> {
        let mut redis = self.redis.clone();
        let names: Vec<String> =
            redis.keys(format!("{}:*", self.name)).await.expect("Redis answers");
        let mut kept = Vec::new();
        for name in names {
            let seconds: i64 = redis.ttl(&name).await.expect("Redis answers");
            // Less than a second has passed, or a few on a busy machine.
            let days = (seconds >= 0).then(|| (seconds + DAY / 2) / DAY);
            let kind = name.split(':').nth(2).expect("names have three parts").to_owned();
            kept.push((kind, days));
        }
        kept.sort();
        kept
    }
}

fn named(expected: &[(&str, Option<i64>)]) -> Vec<(String, Option<i64>)> {
    expected.iter().map(|(kind, days)| ((*kind).to_owned(), *days)).collect()
}

#[tokio::test]
async fn everything_of_a_session_is_forgotten_in_time() {
    let world = World::new().await;
    let session = world.add().await;
    // A session is good for a day unless it is used, and for a week at the most.
    let expected = [
        ("digest", Some(7)),
        ("ends", None),
        ("family", Some(7)),
        ("session", Some(1)),
        ("user", Some(7)),
    ];
    assert_eq!(world.kept().await, named(&expected));

    // Three times it is renewed half a day before its end, and so lasts for 2.5 days.
    let policy = SessionBuilder::POLICY;
    for number in 1..=3 {
        world
            .change(&session, |session| {
                let (now, old) = (START + Duration::hours(12 * number), *session.refresh());
                let next = digest_of(&number.to_string());
                session.rotate(&old, next, now, &policy).expect("it can be rotated");
            })
            .await;
    }
    let kept = world.kept().await;
    let digests = kept.iter().filter(|(kind, _)| kind == "digest").map(|(_, days)| *days);
    // The last one was given out one and a half days after the session began.
    assert_eq!(digests.collect::<Vec<_>>(), [Some(6), Some(6), Some(7), Some(7)]);
    assert!(kept.contains(&("session".to_owned(), Some(1))), "{kept:?}");
}

#[tokio::test]
async fn an_ended_session_is_kept_no_longer_than_before() {
    let world = World::new().await;
    let session = world.add().await;
    let key = format!("{}:sessions:session:{}", world.name, session.id());
    let mut redis = world.redis.clone();
    redis.expire::<_, ()>(&key, DAY / 4).await.expect("Redis answers");
    world.change(&session, |session| session.revoke(START)).await;
    let seconds: i64 = redis.ttl(&key).await.expect("Redis answers");
    assert!((1..=DAY / 4).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn nothing_is_left_of_what_is_purged() {
    let world = World::new().await;
    let session = world.add().await;
    let policy = SessionBuilder::POLICY;
    world
        .change(&session, |session| {
            let old = *session.refresh();
            session.rotate(&old, digest_of("next"), START, &policy).expect("it can be rotated");
        })
        .await;
    let mut work = world.accounts.begin().await.expect("it begins");
    let purged = work.sessions().purge_ended_before(START + Duration::days(9)).await;
    assert_eq!(purged.expect("it can be asked for"), 1);
    work.commit().await.expect("sessions can be purged");
    assert_eq!(world.kept().await, []);
}

#[tokio::test]
async fn nothing_is_left_of_who_goes() {
    let world = World::new().await;
    world.add().await;
    world.add().await;
    let mut work = world.accounts.begin().await.expect("it begins");
    let user = work.users().find(world.user).await.expect("it can be read");
    work.users().delete(&user.expect("the user is there")).await.expect("a user can be deleted");
    work.commit().await.expect("a deletion can be kept");
    assert_eq!(world.kept().await, []);
}

/// A list of a user names sessions that Redis has forgotten, until the next one begins.
#[tokio::test]
async fn a_forgotten_session_is_no_error() {
    let world = World::new().await;
    let (forgotten, kept) = (world.add().await, world.add().await);
    let key = format!("{}:sessions:session:{}", world.name, forgotten.id());
    let mut redis = world.redis.clone();
    redis.del::<_, ()>(key).await.expect("Redis answers");
    let mut work = world.accounts.begin().await.expect("it begins");
    let found = work.sessions().find_by_refresh(forgotten.refresh()).await;
    assert!(found.expect("it can be read").is_none());
    let ended = work.sessions().revoke_all(world.user, Some(kept.id()), START).await;
    assert_eq!(ended.expect("it can be asked for"), 0);
    drop(work);
    let list = format!("{}:sessions:user:{}", world.name, world.user);
    let count: u64 = redis.zcard(&list).await.expect("Redis answers");
    assert_eq!(count, 2);
    world.add().await;
    let count: u64 = redis.zcard(&list).await.expect("Redis answers");
    assert_eq!(count, 2);
}
