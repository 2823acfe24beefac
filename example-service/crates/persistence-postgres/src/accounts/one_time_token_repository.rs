//! Keeps one-time tokens in PostgreSQL.

use application::ports::{OneTimeTokenRepository, RepositoryError};
use async_trait::async_trait;
use domain::accounts::{OneTimeToken, TokenDigest, TokenPurpose, UserId};
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::one_time_token_mapper::one_time_token;
use super::one_time_token_row::OneTimeTokenRow;
use crate::errors::repository_error;

/// Keeps one-time tokens in PostgreSQL.
pub(crate) struct PostgresOneTimeTokenRepository<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresOneTimeTokenRepository<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }
}

#[async_trait]
impl OneTimeTokenRepository for PostgresOneTimeTokenRepository<'_> {
    async fn put(&mut self, token: &OneTimeToken) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO one_time_tokens (user_id, purpose, digest, expires_at)
            VALUES ($1, $2, $3, $4)
            ON CONFLICT (user_id, purpose) DO UPDATE
            SET digest = EXCLUDED.digest, expires_at = EXCLUDED.expires_at";
        let put = sqlx::query(statement)
            .bind(token.user().get())
            .bind(token.purpose().name())
            .bind(&token.digest().as_bytes()[..])
            .bind(token.expires_at())
            .execute(&mut *self.connection)
            .await;
        put.map(|_| ()).map_err(repository_error)
    }

    async fn take(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<OneTimeToken>, RepositoryError> {
        let statement = "DELETE FROM one_time_tokens WHERE digest = $1
            RETURNING user_id, purpose, digest, expires_at";
        let taken = sqlx::query_as::<_, OneTimeTokenRow>(statement)
            .bind(&digest.as_bytes()[..])
            .fetch_optional(&mut *self.connection)
            .await;
        taken.map_err(repository_error)?.as_ref().map(one_time_token).transpose()
    }

    async fn remove_all(
        &mut self,
        user: UserId,
        purpose: TokenPurpose,
    ) -> Result<(), RepositoryError> {
        let statement = "DELETE FROM one_time_tokens WHERE user_id = $1 AND purpose = $2";
        let removed = sqlx::query(statement)
            .bind(user.get())
            .bind(purpose.name())
            .execute(&mut *self.connection)
            .await;
        removed.map(|_| ()).map_err(repository_error)
    }

    async fn purge_expired_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError> {
        let purged = sqlx::query("DELETE FROM one_time_tokens WHERE expires_at < $1")
            .bind(time)
            .execute(&mut *self.connection)
            .await;
        purged.map(|done| done.rows_affected()).map_err(repository_error)
    }
}
