//! Sessions: what a user who has logged in keeps until they log out.

use thiserror::Error;
use time::OffsetDateTime;

use super::{SessionId, SessionPolicy, TokenDigest, UserId};
use crate::shared::Version;

/// What a user who has logged in keeps. It is renewed by a refresh token, which is good
/// once: a second use means that someone has stolen it, and ends the session.
#[derive(Clone, Debug)]
pub struct Session {
    id: SessionId,
    user: UserId,
    refresh: TokenDigest,
    created_at: OffsetDateTime,
    renewed_at: OffsetDateTime,
    expires_at: OffsetDateTime,
    revoked_at: Option<OffsetDateTime>,
    version: Version,
}

/// A session as it is stored.
#[derive(Clone, Copy, Debug)]
pub struct SessionSnapshot {
    /// What it is known by.
    pub id: SessionId,
    /// Whose it is.
    pub user: UserId,
    /// The digest of the refresh token that is good now.
    pub refresh: TokenDigest,
    /// When the user logged in.
    pub created_at: OffsetDateTime,
    /// When it was last renewed.
    pub renewed_at: OffsetDateTime,
    /// When it ends by itself.
    pub expires_at: OffsetDateTime,
    /// When it was ended.
    pub revoked_at: Option<OffsetDateTime>,
    /// How often it was stored.
    pub version: Version,
}

impl Session {
    /// Begins a session of `user`.
    #[must_use]
    pub fn start(
        id: SessionId,
        user: UserId,
        refresh: TokenDigest,
        now: OffsetDateTime,
        policy: &SessionPolicy,
    ) -> Self {
        let mut session = Self {
            id,
            user,
            refresh,
            created_at: now,
            renewed_at: now,
            expires_at: now,
            revoked_at: None,
            version: Version::FIRST,
        };
        session.slide(now, policy);
        session
    }

    /// A session that was stored.
    #[must_use]
    pub fn rehydrate(snapshot: SessionSnapshot) -> Self {
        let SessionSnapshot {
            id,
            user,
            refresh,
            created_at,
            renewed_at,
            expires_at,
            revoked_at,
            version,
        } = snapshot;
        Self { id, user, refresh, created_at, renewed_at, expires_at, revoked_at, version }
    }

    /// What is to be stored.
    #[must_use]
    pub fn snapshot(&self) -> SessionSnapshot {
        SessionSnapshot {
            id: self.id,
            user: self.user,
            refresh: self.refresh,
            created_at: self.created_at,
            renewed_at: self.renewed_at,
            expires_at: self.expires_at,
            revoked_at: self.revoked_at,
            version: self.version,
        }
    }

    /// What it is known by.
    #[must_use]
    pub fn id(&self) -> SessionId {
        self.id
    }

    /// Whose it is.
    #[must_use]
    pub fn user(&self) -> UserId {
        self.user
    }

    /// The digest of the refresh token that is good now.
    #[must_use]
    pub fn refresh(&self) -> &TokenDigest {
        &self.refresh
    }

    /// When the user logged in.
    #[must_use]
    pub fn created_at(&self) -> OffsetDateTime {
        self.created_at
    }

    /// When it was last renewed.
    #[must_use]
    pub fn renewed_at(&self) -> OffsetDateTime {
        self.renewed_at
    }

    /// When it ends by itself.
    #[must_use]
    pub fn expires_at(&self) -> OffsetDateTime {
        self.expires_at
    }

    /// When it was ended.
    #[must_use]
    pub fn revoked_at(&self) -> Option<OffsetDateTime> {
        self.revoked_at
    }

    /// The version that was loaded.
    #[must_use]
    pub fn version(&self) -> Version {
        self.version
    }

    /// Whether it has not ended at `now`.
    #[must_use]
    pub fn is_active(&self, now: OffsetDateTime) -> bool {
        self.revoked_at.is_none() && now < self.expires_at
    }

    /// Exchanges the refresh token of which `presented` is the digest for that of `next`.
    /// A token that was exchanged before ends the session: the change must be stored then
    /// too.
    ///
    /// # Errors
    ///
    /// When the session has ended, or ends by this.
    pub fn rotate(
        &mut self,
        presented: &TokenDigest,
        next: TokenDigest,
        now: OffsetDateTime,
        policy: &SessionPolicy,
    ) -> Result<(), SessionError> {
        if !self.is_active(now) {
            return Err(SessionError::Ended);
        }
        if *presented != self.refresh {
            self.revoke(now);
            return Err(SessionError::TokenReused);
        }
        self.refresh = next;
        self.slide(now, policy);
        Ok(())
    }

    /// Puts off its end because it is in use.
    ///
    /// # Errors
    ///
    /// When it has ended.
    pub fn renew(
        &mut self,
        now: OffsetDateTime,
        policy: &SessionPolicy,
    ) -> Result<(), SessionError> {
        if !self.is_active(now) {
            return Err(SessionError::Ended);
        }
        self.slide(now, policy);
        Ok(())
    }

    /// Ends it, if it was not ended before.
    pub fn revoke(&mut self, now: OffsetDateTime) {
        self.revoked_at.get_or_insert(now);
    }

    fn slide(&mut self, now: OffsetDateTime, policy: &SessionPolicy) {
        let latest = self.created_at + policy.absolute_lifetime;
        self.renewed_at = now;
        self.expires_at = (now + policy.idle_lifetime).min(latest);
    }
}

impl PartialEq for Session {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Session {}

/// Why a session is not renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SessionError {
    /// It has ended.
    #[error("the session has ended")]
    Ended,
    /// A refresh token was used a second time.
    #[error("the refresh token was used before; the session is ended")]
    TokenReused,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use time::Duration;
    use uuid::Uuid;

    use super::*;

    const POLICY: SessionPolicy = SessionPolicy {
        access_lifetime: Duration::minutes(15),
        idle_lifetime: Duration::days(7),
        absolute_lifetime: Duration::days(30),
    };

    const START: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn digest(number: u8) -> TokenDigest {
        TokenDigest::new([number; 32])
    }

    fn session() -> Session {
        let id = SessionId::new(Uuid::from_u128(1));
        Session::start(id, UserId::new(Uuid::from_u128(2)), digest(1), START, &POLICY)
    }

    #[test]
    fn a_session_ends_when_nobody_uses_it() {
        let session = session();
        assert!(session.is_active(START + Duration::days(7) - Duration::SECOND));
        assert!(!session.is_active(START + Duration::days(7)));
    }

    #[test]
    fn a_refresh_token_is_good_once() {
        let mut session = session();
        let now = START + Duration::HOUR;
        assert_eq!(session.rotate(&digest(1), digest(2), now, &POLICY), Ok(()));
        assert_eq!(session.refresh(), &digest(2));
        let again = session.rotate(&digest(1), digest(3), now, &POLICY);
        assert_eq!(again, Err(SessionError::TokenReused));
        assert_eq!(session.revoked_at(), Some(now));
        let good = session.rotate(&digest(2), digest(3), now, &POLICY);
        assert_eq!(good, Err(SessionError::Ended));
    }

    #[test]
    fn an_ended_session_is_not_renewed() {
        let mut session = session();
        session.revoke(START + Duration::HOUR);
        session.revoke(START + Duration::DAY);
        assert_eq!(session.revoked_at(), Some(START + Duration::HOUR));
        assert_eq!(session.renew(START + Duration::DAY, &POLICY), Err(SessionError::Ended));
    }

    proptest! {
        #[test]
        fn no_use_keeps_a_session_beyond_its_time(
            hours in prop::collection::vec(1..160_i64, 0..40),
        ) {
            let mut session = session();
            let mut now = START;
            for hours in hours {
                now += Duration::hours(hours);
                let was_active = session.is_active(now);
                prop_assert_eq!(session.renew(now, &POLICY).is_ok(), was_active);
                prop_assert!(session.expires_at() <= START + POLICY.absolute_lifetime);
            }
        }
    }
}
