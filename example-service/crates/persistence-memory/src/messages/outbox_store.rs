//! Hands out events out of memory.

use application::ports::{EventId, OutboxMessage, OutboxStore, RepositoryError};
use async_trait::async_trait;
use time::OffsetDateTime;

use crate::state::Outgoing;
use crate::store::MemoryStore;

#[async_trait]
impl OutboxStore for MemoryStore {
    async fn claim(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<OutboxMessage>, RepositoryError> {
        let mut state = self.lock();
        let is_free = |row: &&mut Outgoing| row.claimed_until.is_none_or(|until| until <= now);
        let mut free: Vec<&mut Outgoing> = state.outbox.values_mut().filter(is_free).collect();
        free.sort_by_key(|row| (row.message.occurred_at, row.message.id));
        let claimed = free.into_iter().take(limit as usize).map(|row| {
            row.claimed_until = Some(lease_until);
            row.message.clone()
        });
        Ok(claimed.collect())
    }

    async fn acknowledge(&self, messages: &[EventId]) -> Result<(), RepositoryError> {
        self.lock().outbox.retain(|id, _| !messages.contains(id));
        Ok(())
    }
}
