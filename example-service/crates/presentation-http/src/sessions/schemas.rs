//! What is answered about the own sessions.

use application::authorization::Actor;
use application::ports::SessionSummary;
use serde::Serialize;
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

/// A session.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionResponse {
    id: Uuid,
    /// When the user logged in.
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
    /// When it was last renewed.
    #[serde(with = "time::serde::rfc3339")]
    renewed_at: OffsetDateTime,
    /// When it ends by itself.
    #[serde(with = "time::serde::rfc3339")]
    expires_at: OffsetDateTime,
    /// Whether it is the one that asks.
    is_current: bool,
}

/// The sessions of a user, the newest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionsResponse {
    items: Vec<SessionResponse>,
}

impl SessionsResponse {
    pub(crate) fn new(sessions: Vec<SessionSummary>, actor: Actor) -> Self {
        let one = |session: SessionSummary| SessionResponse {
            id: session.id.get(),
            created_at: session.created_at,
            renewed_at: session.renewed_at,
            expires_at: session.expires_at,
            is_current: session.id == actor.session,
        };
        Self { items: sessions.into_iter().map(one).collect() }
    }
}
