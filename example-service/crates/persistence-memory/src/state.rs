//! What is kept.

use std::collections::BTreeMap;

use application::ports::{
    EventId, IdempotencyKey, IdempotencyRecord, Job, JobId, OutboxMessage, RepositoryError,
    UniqueConstraint,
};
use domain::accounts::{
    OneTimeToken, SessionId, SessionSnapshot, TokenDigest, UserId, UserSnapshot,
};
use domain::catalog::{ProductId, ProductSnapshot};
use domain::orders::{OrderId, OrderSnapshot};
use domain::reports::{ReportId, ReportSnapshot};
use domain::shared::Version;
use time::OffsetDateTime;

/// The tables.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) users: BTreeMap<UserId, UserSnapshot>,
    pub(crate) sessions: BTreeMap<SessionId, SessionSnapshot>,
    /// The sessions of refresh tokens that were exchanged.
    pub(crate) spent_refresh: BTreeMap<TokenDigest, SessionId>,
    pub(crate) one_time_tokens: BTreeMap<TokenDigest, OneTimeToken>,
    pub(crate) products: BTreeMap<ProductId, ProductSnapshot>,
    pub(crate) orders: BTreeMap<OrderId, OrderSnapshot>,
    pub(crate) idempotency_keys: BTreeMap<(UserId, IdempotencyKey), IdempotencyRecord>,
    pub(crate) reports: BTreeMap<ReportId, ReportSnapshot>,
    pub(crate) report_files: BTreeMap<ReportId, Vec<u8>>,
    pub(crate) outbox: BTreeMap<EventId, Outgoing>,
    pub(crate) jobs: BTreeMap<JobId, EnqueuedJob>,
}

/// A message that was not told yet.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) message: OutboxMessage,
    pub(crate) claimed_until: Option<OffsetDateTime>,
}

/// A job that nobody has taken over yet.
#[derive(Clone)]
pub(crate) struct EnqueuedJob {
    pub(crate) job: Job,
    pub(crate) claimed_until: Option<OffsetDateTime>,
}

/// Puts a new row into a table.
pub(crate) fn insert<K: Ord, V>(
    table: &mut BTreeMap<K, V>,
    key: K,
    value: V,
    constraint: UniqueConstraint,
) -> Result<(), RepositoryError> {
    if table.contains_key(&key) {
        return Err(RepositoryError::Duplicate { constraint });
    }
    table.insert(key, value);
    Ok(())
}

/// The row of `key`, if it has the version that was loaded.
pub(crate) fn of_version<'a, K: Ord, V>(
    table: &'a mut BTreeMap<K, V>,
    key: &K,
    loaded: Version,
    version: impl Fn(&V) -> Version,
) -> Result<&'a mut V, RepositoryError> {
    let row = table.get_mut(key).filter(|row| version(row) == loaded);
    row.ok_or(RepositoryError::Conflict)
}
