//! A session as the fields that are kept of it.

use std::collections::HashMap;

use application::ports::RepositoryError;
use domain::accounts::{SessionId, SessionSnapshot, UserId};
use domain::shared::Version;
use serde::Serialize;
use uuid::Uuid;

use crate::codec::{digest_from_text, digest_to_text, field, time_from_text, time_to_text};

/// The fields of a session. All of them are text, which is what Redis keeps.
#[derive(Debug, Serialize)]
pub(crate) struct SessionRecord {
    user: String,
    refresh: String,
    created_at: String,
    renewed_at: String,
    expires_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<String>,
    version: String,
}

impl From<&SessionSnapshot> for SessionRecord {
    fn from(session: &SessionSnapshot) -> Self {
        Self {
            user: session.user.to_string(),
            refresh: digest_to_text(&session.refresh),
            created_at: time_to_text(session.created_at),
            renewed_at: time_to_text(session.renewed_at),
            expires_at: time_to_text(session.expires_at),
            revoked_at: session.revoked_at.map(time_to_text),
            version: session.version.get().to_string(),
        }
    }
}

/// The session of these fields, or nothing when there are none.
pub(crate) fn session_of(
    id: SessionId,
    fields: &HashMap<String, String>,
) -> Result<Option<SessionSnapshot>, RepositoryError> {
    if fields.is_empty() {
        return Ok(None);
    }
    let revoked_at = fields.get("revoked_at");
    Ok(Some(SessionSnapshot {
        id,
        user: UserId::new(field("user", fields.get("user"), Uuid::parse_str)?),
        refresh: field("refresh", fields.get("refresh"), digest_from_text)?,
        created_at: field("created_at", fields.get("created_at"), time_from_text)?,
        renewed_at: field("renewed_at", fields.get("renewed_at"), time_from_text)?,
        expires_at: field("expires_at", fields.get("expires_at"), time_from_text)?,
        revoked_at: revoked_at
            .map(|text| field("revoked_at", Some(text), time_from_text))
            .transpose()?,
        version: Version::new(field("version", fields.get("version"), str::parse)?),
    }))
}
