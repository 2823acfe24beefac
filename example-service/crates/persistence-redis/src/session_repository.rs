//! Sessions within a unit of work.

use application::ports::{RepositoryError, SessionRepository, UserRepository};
use async_trait::async_trait;
use domain::accounts::{Session, SessionId, SessionSnapshot, TokenDigest, UserId};
use time::OffsetDateTime;

use crate::change::Change;
use crate::session_store::RedisSessionStore;
use crate::staged::Staged;

/// Reads sessions from Redis, and notes what is to be done to them.
pub(crate) struct RedisSessionRepository<'a> {
    store: &'a RedisSessionStore,
    staged: &'a mut Staged,
    users: Box<dyn UserRepository + 'a>,
}

impl<'a> RedisSessionRepository<'a> {
    pub(crate) fn new(
        store: &'a RedisSessionStore,
        staged: &'a mut Staged,
        users: Box<dyn UserRepository + 'a>,
    ) -> Self {
        Self { store, staged, users }
    }

    async fn seen(&mut self, id: SessionId) -> Result<Option<SessionSnapshot>, RepositoryError> {
        Ok(self.staged.seen(id, self.store.find(id).await?))
    }
}

#[async_trait]
impl SessionRepository for RedisSessionRepository<'_> {
    async fn find(&mut self, id: SessionId) -> Result<Option<Session>, RepositoryError> {
        Ok(self.seen(id).await?.map(Session::rehydrate))
    }

    async fn find_by_refresh(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Session>, RepositoryError> {
        let owner = match self.staged.owner_of(digest) {
            Some(owner) => Some(owner),
            None => self.store.owner_of(digest).await?,
        };
        match owner {
            Some(owner) => Ok(self.seen(owner).await?.map(Session::rehydrate)),
            None => Ok(None),
        }
    }

    /// Redis knows no users, so that the other store is asked, and holds the user: whoever
    /// changes or removes that one waits until this session is in Redis, and finds it there.
    async fn add(&mut self, session: &Session) -> Result<(), RepositoryError> {
        if self.users.find_held(session.user()).await?.is_none() {
            return Err(RepositoryError::Conflict);
        }
        self.staged.push(Change::Add(session.snapshot()));
        Ok(())
    }

    async fn update(&mut self, session: &Session) -> Result<(), RepositoryError> {
        let loaded = session.version();
        let next = SessionSnapshot { version: loaded.next(), ..session.snapshot() };
        self.staged.push(Change::Update { loaded, next });
        Ok(())
    }

    async fn revoke_all(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        now: OffsetDateTime,
    ) -> Result<u64, RepositoryError> {
        let stored = self.store.of_user(user).await?;
        let seen = stored.iter().filter_map(|session| self.staged.seen(session.id, Some(*session)));
        let added = self.staged.added();
        let added = added.filter_map(|session| self.staged.seen(session.id, Some(*session)));
        let is_meant = |session: &SessionSnapshot| {
            session.user == user
                && Some(session.id) != except
                && Session::rehydrate(*session).is_active(now)
        };
        let count = seen.chain(added).filter(is_meant).count() as u64;
        self.staged.push(Change::RevokeAll { user, except, now });
        Ok(count)
    }

    async fn purge_ended_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError> {
        let count = self.store.count_ended_before(time).await?;
        self.staged.push(Change::PurgeEndedBefore(time));
        Ok(count)
    }
}
