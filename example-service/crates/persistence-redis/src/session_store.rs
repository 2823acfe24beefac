//! Where sessions are.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration as Span;

use application::ports::{Readiness, RepositoryError, Unavailable, UniqueConstraint};
use async_trait::async_trait;
use domain::accounts::{SessionId, SessionSnapshot, TokenDigest, UserId};
use redis::aio::ConnectionManager;
use redis::{AsyncCommands, Script};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::change::{Change, ChangeRecord};
use crate::codec::time_to_text;
use crate::errors::repository_error;
use crate::keys::Keys;
use crate::session_record::session_of;

/// How long to wait for a sign of life.
const PATIENCE: Span = Span::from_secs(1);

/// How many sessions are forgotten at once.
const AT_ONCE: usize = 1_000;

/// Keeps sessions in Redis. Each is forgotten by itself when it ends, and so are its refresh
/// tokens. Clones are the same store.
///
/// The scripts make names themselves, so that this needs a single Redis and not a cluster.
#[derive(Clone)]
pub struct RedisSessionStore {
    redis: ConnectionManager,
    keys: Keys,
    longest: Duration,
    scripts: Arc<Scripts>,
}

struct Scripts {
    change: Script,
    purge: Script,
}

impl RedisSessionStore {
    /// Sessions in this Redis. `name` tells them from those of other stores there, and
    /// `longest` is how long a session lasts at the most.
    #[must_use]
    pub fn new(redis: ConnectionManager, name: &str, longest: Duration) -> Self {
        let change = Script::new(include_str!("change.lua"));
        let purge = Script::new(include_str!("purge.lua"));
        let scripts = Arc::new(Scripts { change, purge });
        Self { redis, keys: Keys::new(name), longest, scripts }
    }

    pub(crate) async fn find(
        &self,
        id: SessionId,
    ) -> Result<Option<SessionSnapshot>, RepositoryError> {
        let fields: HashMap<String, String> =
            self.redis.clone().hgetall(self.keys.session(id)).await.map_err(repository_error)?;
        session_of(id, &fields)
    }

    /// The session whose refresh token this is or was.
    pub(crate) async fn owner_of(
        &self,
        digest: &TokenDigest,
    ) -> Result<Option<SessionId>, RepositoryError> {
        let found: Option<String> =
            self.redis.clone().get(self.keys.digest(digest)).await.map_err(repository_error)?;
        found.as_deref().map(session_id).transpose()
    }

    /// The sessions of a user that Redis has not forgotten, in no order.
    pub(crate) async fn of_user(
        &self,
        user: UserId,
    ) -> Result<Vec<SessionSnapshot>, RepositoryError> {
        let mut redis = self.redis.clone();
        let ids: Vec<String> =
            redis.zrange(self.keys.user(user), 0, -1).await.map_err(repository_error)?;
        let ids = ids.iter().map(|id| session_id(id)).collect::<Result<Vec<_>, _>>()?;
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut pipe = redis::pipe();
        for &id in &ids {
            pipe.hgetall(self.keys.session(id));
        }
        let found: Vec<HashMap<String, String>> =
            pipe.query_async(&mut redis).await.map_err(repository_error)?;
        let sessions = ids.iter().zip(&found).map(|(&id, fields)| session_of(id, fields));
        sessions.filter_map(Result::transpose).collect()
    }

    /// How many sessions have ended before this time and were not purged.
    pub(crate) async fn count_ended_before(
        &self,
        time: OffsetDateTime,
    ) -> Result<u64, RepositoryError> {
        let before = format!("({}", time_to_text(time));
        let count = self.redis.clone().zcount(self.keys.ends(), "-inf", before).await;
        count.map_err(repository_error)
    }

    /// Makes changes. All of them happen or none; but sessions are purged one after the other.
    pub(crate) async fn apply(&self, changes: &[Change]) -> Result<(), RepositoryError> {
        let records: Vec<ChangeRecord> =
            changes.iter().filter_map(|change| ChangeRecord::of(change, self.longest)).collect();
        if !records.is_empty() {
            self.change(&records).await?;
        }
        for change in changes {
            if let Change::PurgeEndedBefore(time) = *change {
                self.purge_ended_before(time).await?;
            }
        }
        Ok(())
    }

    /// Forgets sessions, as if they had never begun.
    pub(crate) async fn forget(
        &self,
        sessions: impl Iterator<Item = &SessionSnapshot>,
    ) -> Result<(), RepositoryError> {
        let records: Vec<ChangeRecord> = sessions.map(ChangeRecord::forgetting).collect();
        if records.is_empty() {
            return Ok(());
        }
        self.change(&records).await
    }

    async fn change(&self, records: &[ChangeRecord]) -> Result<(), RepositoryError> {
        let json = serde_json::to_string(records).map_err(RepositoryError::unavailable)?;
        let mut call = self.scripts.change.key(self.keys.prefix());
        let longest = i64::try_from(self.longest.whole_milliseconds()).unwrap_or(i64::MAX);
        call.arg(json).arg(longest.max(1));
        let outcome = call.invoke_async::<String>(&mut self.redis.clone()).await;
        match outcome.map_err(repository_error)?.as_str() {
            "done" => Ok(()),
            "conflict" => Err(RepositoryError::Conflict),
            "duplicate" => Err(RepositoryError::Duplicate { constraint: UniqueConstraint::Id }),
            other => Err(RepositoryError::unavailable(format!("the script answers `{other}`"))),
        }
    }

    async fn purge_ended_before(&self, time: OffsetDateTime) -> Result<(), RepositoryError> {
        loop {
            let mut call = self.scripts.purge.key(self.keys.prefix());
            call.arg(time_to_text(time)).arg(AT_ONCE);
            let purged = call.invoke_async::<usize>(&mut self.redis.clone()).await;
            if purged.map_err(repository_error)? < AT_ONCE {
                return Ok(());
            }
        }
    }
}

fn session_id(text: &str) -> Result<SessionId, RepositoryError> {
    Uuid::parse_str(text).map(SessionId::new).map_err(RepositoryError::unavailable)
}

#[async_trait]
impl Readiness for RedisSessionStore {
    fn name(&self) -> &'static str {
        "redis"
    }

    async fn check(&self) -> Result<(), Unavailable> {
        let mut redis = self.redis.clone();
        let answered = tokio::time::timeout(PATIENCE, redis.ping::<()>()).await;
        answered.map_err(Unavailable::new)?.map_err(Unavailable::new)
    }
}
