//! What an access token says.

use domain::accounts::{Role, SessionId, UserId};
use time::OffsetDateTime;

/// What an access token says. Issuer, audience and type are the business of who makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessClaims {
    /// Who has logged in.
    pub user: UserId,
    /// In which session.
    pub session: SessionId,
    /// What the user could do when the token was made.
    pub role: Role,
    /// When it was made, in whole seconds.
    pub issued_at: OffsetDateTime,
    /// Until when it is good, in whole seconds.
    pub expires_at: OffsetDateTime,
}
