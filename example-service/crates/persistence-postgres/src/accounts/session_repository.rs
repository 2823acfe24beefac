//! Keeps sessions in PostgreSQL.

use application::ports::{RepositoryError, SessionRepository};
use async_trait::async_trait;
use domain::accounts::{Session, SessionId, TokenDigest, UserId};
use persistence_sql::version_number;
use sqlx::PgConnection;
use time::OffsetDateTime;

use super::session_mapper::session;
use super::session_row::{SessionRow, select_sessions};
use crate::errors::{ensure_one, repository_error};

/// Keeps sessions in PostgreSQL.
pub(crate) struct PostgresSessionRepository<'a> {
    connection: &'a mut PgConnection,
}

impl<'a> PostgresSessionRepository<'a> {
    pub(crate) fn new(connection: &'a mut PgConnection) -> Self {
        Self { connection }
    }

    /// Keeps the refresh token of the stored session findable, if another takes its place. Of
    /// two who exchange the same token the second waits for the first, and finds another
    /// version then.
    async fn spend_refresh_token(&mut self, session: &Session) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO spent_refresh_tokens (digest, session_id)
            SELECT refresh, id FROM sessions WHERE id = $1 AND version = $2 AND refresh <> $3
            FOR UPDATE";
        let spent = sqlx::query(statement)
            .bind(session.id().get())
            .bind(version_number(session.version()))
            .bind(&session.refresh().as_bytes()[..])
            .execute(&mut *self.connection)
            .await;
        spent.map(|_| ()).map_err(repository_error)
    }
}

#[async_trait]
impl SessionRepository for PostgresSessionRepository<'_> {
    async fn find(&mut self, id: SessionId) -> Result<Option<Session>, RepositoryError> {
        let found = sqlx::query_as::<_, SessionRow>(select_sessions!("WHERE id = $1"))
            .bind(id.get())
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.as_ref().map(session).transpose()
    }

    async fn find_by_refresh(
        &mut self,
        digest: &TokenDigest,
    ) -> Result<Option<Session>, RepositoryError> {
        let statement = select_sessions!(
            "WHERE refresh = $1
                OR id = (SELECT session_id FROM spent_refresh_tokens WHERE digest = $1)"
        );
        let found = sqlx::query_as::<_, SessionRow>(statement)
            .bind(&digest.as_bytes()[..])
            .fetch_optional(&mut *self.connection)
            .await;
        found.map_err(repository_error)?.as_ref().map(session).transpose()
    }

    async fn add(&mut self, session: &Session) -> Result<(), RepositoryError> {
        let statement = "INSERT INTO sessions
                (id, user_id, refresh, created_at, renewed_at, expires_at, revoked_at, version)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
        let added = sqlx::query(statement)
            .bind(session.id().get())
            .bind(session.user().get())
            .bind(&session.refresh().as_bytes()[..])
            .bind(session.created_at())
            .bind(session.renewed_at())
            .bind(session.expires_at())
            .bind(session.revoked_at())
            .bind(version_number(session.version()))
            .execute(&mut *self.connection)
            .await;
        added.map(|_| ()).map_err(repository_error)
    }

    async fn update(&mut self, session: &Session) -> Result<(), RepositoryError> {
        self.spend_refresh_token(session).await?;
        let statement = "UPDATE sessions
            SET refresh = $3, renewed_at = $4, expires_at = $5, revoked_at = $6,
                version = version + 1
            WHERE id = $1 AND version = $2";
        let updated = sqlx::query(statement)
            .bind(session.id().get())
            .bind(version_number(session.version()))
            .bind(&session.refresh().as_bytes()[..])
            .bind(session.renewed_at())
            .bind(session.expires_at())
            .bind(session.revoked_at())
            .execute(&mut *self.connection)
            .await;
        ensure_one(&updated.map_err(repository_error)?)
    }

    async fn revoke_all(
        &mut self,
        user: UserId,
        except: Option<SessionId>,
        now: OffsetDateTime,
    ) -> Result<u64, RepositoryError> {
        let statement = "UPDATE sessions SET revoked_at = $3, version = version + 1
            WHERE user_id = $1 AND ($2::uuid IS NULL OR id <> $2)
                AND revoked_at IS NULL AND expires_at > $3";
        let revoked = sqlx::query(statement)
            .bind(user.get())
            .bind(except.map(SessionId::get))
            .bind(now)
            .execute(&mut *self.connection)
            .await;
        revoked.map(|done| done.rows_affected()).map_err(repository_error)
    }

    async fn purge_ended_before(&mut self, time: OffsetDateTime) -> Result<u64, RepositoryError> {
        // Spent refresh tokens go along by their foreign key.
        let purged = sqlx::query("DELETE FROM sessions WHERE expires_at < $1 OR revoked_at < $1")
            .bind(time)
            .execute(&mut *self.connection)
            .await;
        purged.map(|done| done.rows_affected()).map_err(repository_error)
    }
}
