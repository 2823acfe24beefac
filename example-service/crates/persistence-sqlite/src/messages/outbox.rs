//! Keeps events in `SQLite` until they are told.

use application::ports::{Outbox, OutboxMessage, RepositoryError};
use async_trait::async_trait;
use persistence_sql::attributes_to_json;
use sqlx::SqliteConnection;

use crate::errors::repository_error;
use crate::timestamp::Timestamp;

/// Keeps events in `SQLite` until they are told.
pub(crate) struct SqliteOutbox<'a> {
    connection: &'a mut SqliteConnection,
}

impl<'a> SqliteOutbox<'a> {
    pub(crate) fn new(connection: &'a mut SqliteConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl Outbox for SqliteOutbox<'_> {
    async fn append(&mut self, message: &OutboxMessage) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO outbox (id, name, subject_id, occurred_at, attributes)
            VALUES (?1, ?2, ?3, ?4, ?5)";
        let appended = sqlx::query(statement)
            .bind(message.id.get())
            .bind(&message.name)
            .bind(message.subject)
            .bind(Timestamp(message.occurred_at))
            .bind(attributes_to_json(&message.attributes)?)
            .execute(&mut *self.connection)
            .await;
        appended.map(|_| ()).map_err(repository_error)
    }
}
