//! When Redis, or the store next to it, does not do what it is asked to.

use std::sync::Arc;

use application::ports::{
    AccountsUnitOfWork, AccountsUnitOfWorkFactory, JobQueue, OneTimeTokenRepository, Outbox,
    Readiness, RepositoryError, SessionReadStore, SessionRepository, UserRepository,
};
use async_trait::async_trait;
use domain::accounts::{Session, User};
use persistence_memory::MemoryStore;
use persistence_redis::{RedisAccounts, RedisSessionReads};
use redis::AsyncCommands;
use testkit::builders::{START, SessionBuilder, UserBuilder, digest_of};

use crate::store::{connection, dead_connection, fresh_name, sessions, store_of};

async fn given_user(store: &MemoryStore) -> User {
    let user = UserBuilder::new().build();
    let mut work = AccountsUnitOfWorkFactory::begin(store).await.expect("it begins");
    work.users().add(&user).await.expect("a user can be added");
    work.commit().await.expect("a user can be kept");
    user
}

async fn given_session(accounts: &RedisAccounts, user: &User) -> Session {
    let session = SessionBuilder::new(user.id()).build();
    let mut work = accounts.begin().await.expect("it begins");
    work.sessions().add(&session).await.expect("a session can be added");
    work.commit().await.expect("a session can be kept");
    session
}

fn is_unavailable<T>(outcome: &Result<T, RepositoryError>) -> bool {
    matches!(outcome, Err(RepositoryError::Unavailable(_)))
}

/// Takes no commit: its database has just gone.
struct Uncommittable(Arc<MemoryStore>);

struct UncommittableWork(Box<dyn AccountsUnitOfWork>);

#[async_trait]
impl AccountsUnitOfWorkFactory for Uncommittable {
    async fn begin(&self) -> Result<Box<dyn AccountsUnitOfWork>, RepositoryError> {
        let work = AccountsUnitOfWorkFactory::begin(&*self.0).await?;
        Ok(Box::new(UncommittableWork(work)))
    }
}

#[async_trait]
impl AccountsUnitOfWork for UncommittableWork {
    fn users(&mut self) -> Box<dyn UserRepository + '_> {
        self.0.users()
    }

    fn sessions(&mut self) -> Box<dyn SessionRepository + '_> {
        self.0.sessions()
    }

    fn one_time_tokens(&mut self) -> Box<dyn OneTimeTokenRepository + '_> {
        self.0.one_time_tokens()
    }

    fn outbox(&mut self) -> Box<dyn Outbox + '_> {
        self.0.outbox()
    }

    fn jobs(&mut self) -> Box<dyn JobQueue + '_> {
        self.0.jobs()
    }

    async fn commit(self: Box<Self>) -> Result<(), RepositoryError> {
        Err(RepositoryError::unavailable("the database has gone"))
    }
}

#[tokio::test]
async fn without_the_database_nobody_is_logged_in_and_who_goes_is_logged_out() {
    let store = Arc::new(MemoryStore::new());
    let sessions = sessions().await;
    let reads = RedisSessionReads::new(sessions.clone(), store.clone());
    let user = given_user(&store).await;
    let accounts = RedisAccounts::new(store.clone(), sessions.clone());
    let old = given_session(&accounts, &user).await;
    let broken = RedisAccounts::new(Arc::new(Uncommittable(store.clone())), sessions);

    let new = SessionBuilder::new(user.id()).build();
    let mut work = broken.begin().await.expect("it begins");
    work.sessions().add(&new).await.expect("a session can be added");
    assert!(is_unavailable(&work.commit().await));
    assert!(reads.find_active(new.id(), START).await.expect("it can be read").is_none());
    assert!(reads.find_active(old.id(), START).await.expect("it can be read").is_some());
    let mut work = accounts.begin().await.expect("it begins");
    let found = work.sessions().find_by_refresh(new.refresh()).await.expect("it can be read");
    assert!(found.is_none(), "nothing is left of a session that did not begin");
    drop(work);

    let mut work = broken.begin().await.expect("it begins");
    work.sessions().revoke_all(user.id(), None, START).await.expect("it can be asked for");
    assert!(is_unavailable(&work.commit().await));
    assert!(reads.find_active(old.id(), START).await.expect("it can be read").is_none());
}

#[tokio::test]
async fn nothing_is_done_before_the_commit() {
    let store = Arc::new(MemoryStore::new());
    let sessions = sessions().await;
    let reads = RedisSessionReads::new(sessions.clone(), store.clone());
    let user = given_user(&store).await;
    let accounts = RedisAccounts::new(store.clone(), sessions);
    let mut session = given_session(&accounts, &user).await;
    let mut work = accounts.begin().await.expect("it begins");
    let policy = SessionBuilder::POLICY;
    let old = *session.refresh();
    session.rotate(&old, digest_of("next"), START, &policy).expect("it can be rotated");
    work.sessions().update(&session).await.expect("it can be asked for");
    let seen = work.sessions().find_by_refresh(&digest_of("next")).await;
    let seen = seen.expect("it can be read").map(|session| session.id());
    assert_eq!(seen, Some(session.id()), "a unit of work sees its own changes");
    let ended = work.sessions().revoke_all(user.id(), None, START).await;
    assert_eq!(ended.expect("it can be asked for"), 1);
    let seen = work.sessions().find(session.id()).await.expect("it can be read");
    assert_eq!(seen.expect("it is there").revoked_at(), Some(START));
    drop(work);
    let mut work = accounts.begin().await.expect("it begins");
    let stored = work.sessions().find(session.id()).await.expect("it can be read");
    assert_eq!(stored.map(|session| *session.refresh()), Some(old));
    assert!(reads.find_active(session.id(), START).await.expect("it can be read").is_some());
}

/// A conflict in Redis is noticed before the other store commits.
#[tokio::test]
async fn a_conflict_changes_nothing_elsewhere() {
    let store = Arc::new(MemoryStore::new());
    let user = given_user(&store).await;
    let accounts = RedisAccounts::new(store.clone(), sessions().await);
    let session = given_session(&accounts, &user).await;
    let newcomer = UserBuilder::new().build();
    let mut work = accounts.begin().await.expect("it begins");
    work.users().add(&newcomer).await.expect("a user can be added");
    work.sessions().update(&session).await.expect("it can be asked for");
    let mut other = accounts.begin().await.expect("it begins");
    other.sessions().update(&session).await.expect("it can be asked for");
    other.commit().await.expect("the first is not refused");
    assert!(work.commit().await.is_err_and(|error| error.is_conflict()));
    let mut work = accounts.begin().await.expect("it begins");
    let found = work.users().find(newcomer.id()).await.expect("it can be read");
    assert!(found.is_none());
}

#[tokio::test]
async fn without_redis_sessions_are_unavailable() {
    let store = Arc::new(MemoryStore::new());
    let user = given_user(&store).await;
    let sessions = store_of(dead_connection(), "dead");
    let reads = RedisSessionReads::new(sessions.clone(), store.clone());
    let accounts = RedisAccounts::new(store.clone(), sessions.clone());
    assert!(sessions.check().await.is_err());
    let session = SessionBuilder::new(user.id()).build();
    assert!(is_unavailable(&reads.find_active(session.id(), START).await));
    assert!(is_unavailable(&reads.list(user.id(), START).await));
    let mut work = accounts.begin().await.expect("it begins");
    assert!(is_unavailable(&work.sessions().find(session.id()).await));
    assert!(is_unavailable(&work.sessions().find_by_refresh(session.refresh()).await));
    work.sessions().add(&session).await.expect("it can be asked for");
    assert!(is_unavailable(&work.commit().await));
    // What has nothing to do with sessions goes on.
    let mut work = accounts.begin().await.expect("it begins");
    work.users().add(&UserBuilder::new().build()).await.expect("a user can be added");
    work.commit().await.expect("a user can be kept");
}

#[tokio::test]
async fn what_is_no_session_is_an_error() {
    let (mut redis, name) = (connection().await, fresh_name());
    let sessions = store_of(redis.clone(), &name);
    assert!(sessions.check().await.is_ok());
    let reads = RedisSessionReads::new(sessions, Arc::new(MemoryStore::new()));
    let session = SessionBuilder::new(UserBuilder::new().build().id()).build();
    let key = format!("{name}:sessions:session:{}", session.id());
    redis.hset::<_, _, _, ()>(key, "user", "nobody").await.expect("it can be written");
    assert!(is_unavailable(&reads.find_active(session.id(), START).await));
}
