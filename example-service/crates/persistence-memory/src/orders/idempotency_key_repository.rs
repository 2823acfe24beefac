//! Keeps in memory which orders were placed under which keys.

use application::ports::{
    IdempotencyKey, IdempotencyKeyRepository, IdempotencyRecord, RepositoryError, UniqueConstraint,
};
use async_trait::async_trait;
use domain::accounts::UserId;
use time::OffsetDateTime;

use crate::staged::Staged;
use crate::state::insert;

/// Keeps in memory which orders were placed under which keys.
pub(crate) struct MemoryIdempotencyKeyRepository<'a> {
    staged: &'a mut Staged,
}

impl<'a> MemoryIdempotencyKeyRepository<'a> {
    pub(crate) fn new(staged: &'a mut Staged) -> Self {
        Self { staged }
    }
}

#[async_trait]
impl IdempotencyKeyRepository for MemoryIdempotencyKeyRepository<'_> {
    async fn find(
        &mut self,
        buyer: UserId,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>, RepositoryError> {
        Ok(self.staged.state().idempotency_keys.get(&(buyer, key.clone())).cloned())
    }

    async fn add(&mut self, record: &IdempotencyRecord) -> Result<(), RepositoryError> {
        let record = record.clone();
        self.staged.change(move |state| {
            let key = (record.buyer, record.key.clone());
            let constraint = UniqueConstraint::IdempotencyKey;
            insert(&mut state.idempotency_keys, key, record.clone(), constraint)
        })
    }

    async fn purge_used_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError> {
        let keys = self.staged.state().idempotency_keys.values();
        let count = keys.filter(|record| record.created_at < time).count() as u64;
        self.staged.change(move |state| {
            state.idempotency_keys.retain(|_, record| record.created_at >= time);
            Ok(())
        })?;
        Ok(count)
    }
}
