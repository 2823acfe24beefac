//! Hands out events out of PostgreSQL.

use application::ports::{EventId, OutboxMessage, OutboxStore, RepositoryError};
use async_trait::async_trait;
use time::OffsetDateTime;
use uuid::Uuid;

use super::outbox_row::{OutboxRow, outbox_message};
use crate::errors::repository_error;
use crate::store::PostgresStore;

#[async_trait]
impl OutboxStore for PostgresStore {
    async fn claim(
        &self,
        limit: u32,
        now: OffsetDateTime,
        lease_until: OffsetDateTime,
    ) -> Result<Vec<OutboxMessage>, RepositoryError> {
        // What someone else is claiming at this moment is passed over, not waited for.
        let statement = "WITH free AS (
                SELECT id FROM outbox WHERE claimed_until IS NULL OR claimed_until <= $2
                ORDER BY occurred_at, id LIMIT $1 FOR UPDATE SKIP LOCKED
            )
            UPDATE outbox SET claimed_until = $3 FROM free WHERE outbox.id = free.id
            RETURNING outbox.id, name, subject_id, occurred_at, attributes::text AS attributes";
        let rows = sqlx::query_as::<_, OutboxRow>(statement)
            .bind(i64::from(limit))
            .bind(now)
            .bind(lease_until)
            .fetch_all(self.pool())
            .await;
        let rows = rows.map_err(repository_error)?;
        let messages: Result<Vec<_>, _> = rows.into_iter().map(outbox_message).collect();
        let mut messages = messages?;
        // Changed rows come back in whatever order.
        messages.sort_unstable_by_key(|message| (message.occurred_at, message.id));
        Ok(messages)
    }

    async fn acknowledge(&self, messages: &[EventId]) -> Result<(), RepositoryError> {
        let ids: Vec<Uuid> = messages.iter().map(|id| id.get()).collect();
        let told = sqlx::query("DELETE FROM outbox WHERE id = ANY($1)")
            .bind(ids)
            .execute(self.pool())
            .await;
        told.map(|_| ()).map_err(repository_error)
    }
}
