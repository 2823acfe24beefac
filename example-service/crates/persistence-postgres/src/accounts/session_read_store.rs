//! Shows sessions out of PostgreSQL.

use application::ports::{ActiveSession, RepositoryError, SessionReadStore, SessionSummary};
use async_trait::async_trait;
use domain::accounts::{SessionId, UserId};
use time::OffsetDateTime;

use super::session_mapper::{active_session, session_summary};
use super::session_row::{ActiveSessionRow, SessionRow, select_sessions};
use crate::errors::repository_error;
use crate::store::PostgresStore;

#[async_trait]
impl SessionReadStore for PostgresStore {
    async fn find_active(
        &self,
        id: SessionId,
        now: OffsetDateTime,
    ) -> Result<Option<ActiveSession>, RepositoryError> {
        let statement = "SELECT sessions.user_id, users.role, sessions.expires_at
            FROM sessions JOIN users ON users.id = sessions.user_id
            WHERE sessions.id = $1 AND sessions.revoked_at IS NULL AND sessions.expires_at > $2
                AND users.is_active";
        let found = sqlx::query_as::<_, ActiveSessionRow>(statement)
            .bind(id.get())
            .bind(now)
            .fetch_optional(self.pool())
            .await;
        found.map_err(repository_error)?.as_ref().map(active_session).transpose()
    }

    async fn list(
        &self,
        user: UserId,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionSummary>, RepositoryError> {
        let statement = select_sessions!(
            "WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2
            ORDER BY created_at DESC, id DESC"
        );
        let rows = sqlx::query_as::<_, SessionRow>(statement)
            .bind(user.get())
            .bind(now)
            .fetch_all(self.pool())
            .await;
        Ok(rows.map_err(repository_error)?.iter().map(session_summary).collect())
    }
}
