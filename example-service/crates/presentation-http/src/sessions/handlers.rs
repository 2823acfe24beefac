//! What is done about the own sessions.

use application::sessions::commands::{RevokeAllSessions, RevokeSession};
use application::sessions::queries::ListSessions;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;
use domain::accounts::SessionId;

use super::schemas::SessionsResponse;
use crate::extractors::{CurrentActor, PathId};
use crate::middleware::removal_cookie;
use crate::{HttpState, Problem};

/// List the own sessions.
#[utoipa::path(get, path = "/account/sessions", tag = "sessions",
    responses((status = 200, description = "The sessions that have not ended", body = SessionsResponse)))]
pub(crate) async fn list_sessions(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
) -> Result<Json<SessionsResponse>, Problem> {
    let sessions = state.use_cases.sessions.list_sessions.execute(ListSessions { actor }).await?;
    Ok(Json(SessionsResponse::new(sessions, actor)))
}

/// End all own sessions, this one too.
#[utoipa::path(delete, path = "/account/sessions", tag = "sessions",
    responses((status = 204, description = "All sessions are ended, and the cookie removed")))]
pub(crate) async fn revoke_all_sessions(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
) -> Result<impl IntoResponse, Problem> {
    state.use_cases.sessions.revoke_all_sessions.execute(RevokeAllSessions { actor }).await?;
    let cookies = CookieJar::new().add(removal_cookie(state.settings.is_secure));
    Ok((StatusCode::NO_CONTENT, cookies))
}

/// End one of the own sessions.
#[utoipa::path(delete, path = "/account/sessions/{id}", tag = "sessions",
    params(("id" = Uuid, Path, description = "The session")),
    responses(
        (status = 204, description = "The session is ended"),
        (status = 404, description = "You have no such session")))]
pub(crate) async fn revoke_session(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = RevokeSession { actor, session: SessionId::new(id) };
    state.use_cases.sessions.revoke_session.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}
