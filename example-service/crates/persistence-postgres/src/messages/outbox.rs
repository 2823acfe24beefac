//! Keeps events in PostgreSQL until they are told.

use application::ports::{Outbox, OutboxMessage, RepositoryError};
use async_trait::async_trait;
use persistence_sql::attributes_to_json;
use sqlx::PgConnection;

use crate::errors::repository_error;

/// Keeps events in PostgreSQL until they are told.
pub(crate) struct PostgresOutbox<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresOutbox<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl Outbox for PostgresOutbox<'_> {
    async fn append(&mut self, message: &OutboxMessage) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO outbox (id, name, subject_id, occurred_at, attributes)
            VALUES ($1, $2, $3, $4, $5::jsonb)";
        let appended = sqlx::query(statement)
            .bind(message.id.get())
            .bind(&message.name)
            .bind(message.subject)
            .bind(message.occurred_at)
            .bind(attributes_to_json(&message.attributes)?)
            .execute(&mut *self.connection)
            .await;
        appended.map(|_| ()).map_err(repository_error)
    }
}
