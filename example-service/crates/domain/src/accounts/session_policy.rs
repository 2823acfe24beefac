//! How long sessions last.

use time::Duration;

/// How long sessions last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionPolicy {
    /// How long an access token is good.
    pub access_lifetime: Duration,
    /// How long a session lasts when nobody uses it.
    pub idle_lifetime: Duration,
    /// How long a session lasts at the most, however much it is used.
    pub absolute_lifetime: Duration,
}
