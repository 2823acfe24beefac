//! What a user gets who has logged in.

use domain::accounts::SessionId;
use domain::shared::SecretText;
use time::{Duration, OffsetDateTime};

/// An access token, as it is handed out.
#[derive(Clone, Debug)]
pub struct AccessToken {
    /// The token.
    pub token: SecretText,
    /// How long it is good.
    pub expires_in: Duration,
}

/// What a user gets who has logged in.
#[derive(Clone, Debug)]
pub struct TokenPair {
    /// The session that was begun or renewed.
    pub session: SessionId,
    /// Proves who the user is.
    pub access: AccessToken,
    /// Good once, for another pair.
    pub refresh_token: SecretText,
    /// When the session ends if it is not renewed.
    pub session_expires_at: OffsetDateTime,
}
