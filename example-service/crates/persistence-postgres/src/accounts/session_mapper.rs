//! Sessions out of their rows.

use application::ports::{ActiveSession, RepositoryError, SessionSummary};
use domain::accounts::{Role, Session, SessionId, SessionSnapshot, UserId};
use persistence_sql::{stored, stored_digest, stored_version};

use super::session_row::{ActiveSessionRow, SessionRow};

pub(super) fn session(row: &SessionRow) -> Result<Session, RepositoryError> {
    Ok(Session::rehydrate(SessionSnapshot {
        id: SessionId::new(row.id),
        user: UserId::new(row.user_id),
        refresh: stored_digest("sessions.refresh", &row.refresh)?,
        created_at: row.created_at,
        renewed_at: row.renewed_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
        version: stored_version("sessions.version", row.version)?,
    }))
}

pub(super) fn session_summary(row: &SessionRow) -> SessionSummary {
    SessionSummary {
        id: SessionId::new(row.id),
        created_at: row.created_at,
        renewed_at: row.renewed_at,
        expires_at: row.expires_at,
    }
}

pub(super) fn active_session(row: &ActiveSessionRow) -> Result<ActiveSession, RepositoryError> {
    Ok(ActiveSession {
        user: UserId::new(row.user_id),
        role: stored("users.role", row.role.as_str(), str::parse::<Role>)?,
        expires_at: row.expires_at,
    })
}
