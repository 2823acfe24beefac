//! Hands out events out of `SQLite`.

use application::ports::{EventId, OutboxMessage, OutboxStore, RepositoryError};
use async_trait::async_trait;
use time::OffsetDateTime;

use super::outbox_row::{OutboxRow, outbox_message};
use crate::errors::repository_error;
use crate::ids::id_list;
use crate::store::SqliteStore;
use crate::timestamp::Timestamp;

#[async_trait]
impl OutboxStore for SqliteStore {
    async fn claim(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<OutboxMessage>, RepositoryError> {
        let statement = "UPDATE outbox SET claimed_until = ?3 WHERE id IN (
                SELECT id FROM outbox WHERE claimed_until IS NULL OR claimed_until <= ?2
                ORDER BY occurred_at, id LIMIT ?1
            )
            RETURNING id, name, subject_id, occurred_at, attributes";
        let rows = sqlx::query_as::<_, OutboxRow>(statement)
            .bind(i64::from(limit))
            .bind(Timestamp(now))
            .bind(Timestamp(lease_until))
            .fetch_all(self.writer())
            .await;
        let rows = rows.map_err(repository_error)?;
        let messages: Result<Vec<_>, _> = rows.into_iter().map(outbox_message).collect();
        let mut messages = messages?;
        // Changed rows come back in whatever order.
        messages.sort_unstable_by_key(|message| (message.occurred_at, message.id));
        Ok(messages)
    }

    async fn acknowledge(&self, messages: &[EventId]) -> Result<(), RepositoryError> {
        let statement = "DELETE FROM outbox WHERE id IN (SELECT unhex(value) FROM json_each(?1))";
        let told = sqlx::query(statement)
            .bind(id_list(messages.iter().map(|id| id.get())))
            .execute(self.writer())
            .await;
        told.map(|_| ()).map_err(repository_error)
    }
}
