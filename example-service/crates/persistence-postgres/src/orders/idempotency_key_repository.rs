//! Keeps in PostgreSQL which orders were placed under which keys.

use application::ports::{
    IdempotencyKey, IdempotencyKeyRepository, IdempotencyRecord, RepositoryError,
};
use async_trait::async_trait;
use domain::accounts::UserId;
use domain::orders::OrderId;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::idempotency_key_row::IdempotencyKeyRow;
use crate::errors::repository_error;

/// Keeps in PostgreSQL which orders were placed under which keys.
pub(crate) struct PostgresIdempotencyKeyRepository<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresIdempotencyKeyRepository<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl IdempotencyKeyRepository for PostgresIdempotencyKeyRepository<'_> {
    async fn find(
        &mut self,
        buyer: UserId,
        key: &IdempotencyKey,
    ) -> Result<Option<IdempotencyRecord>, RepositoryError> {
        let statement = "SELECT fingerprint, order_id, created_at
            FROM idempotency_keys WHERE buyer_id = $1 AND key = $2";
        let found = sqlx::query_as::<_, IdempotencyKeyRow>(statement)
            .bind(buyer.get())
            .bind(key.as_str())
            .fetch_optional(&mut *self.connection)
            .await;
        Ok(found.map_err(repository_error)?.map(|row| IdempotencyRecord {
            buyer,
            key: key.clone(),
            fingerprint: row.fingerprint,
            order: OrderId::new(row.order_id),
            created_at: row.created_at,
        }))
    }

    async fn add(&mut self, record: &IdempotencyRecord) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO idempotency_keys
                (buyer_id, key, fingerprint, order_id, created_at)
            VALUES ($1, $2, $3, $4, $5)";
        let added = sqlx::query(statement)
            .bind(record.buyer.get())
            .bind(record.key.as_str())
            .bind(&record.fingerprint)
            .bind(record.order.get())
            .bind(record.created_at)
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }

    async fn purge_used_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError> {
        let purged = sqlx::query("DELETE FROM idempotency_keys WHERE created_at < $1")
            .bind(time)
            .execute(&mut *self.connection)
            .await;
        purged.map(|done| done.rows_affected()).map_err(repository_error)
    }
}
