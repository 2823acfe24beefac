//! Users and their sessions.

use application::authorization::Actor;
use domain::accounts::{
    Email, PasswordHash, Role, Session, SessionId, SessionPolicy, TokenDigest, User, UserId,
    Username,
};
use time::{Duration, OffsetDateTime};

use super::{START, fresh_id};

/// Makes users who differ in what must differ.
#[derive(Clone, Debug)]
pub struct UserBuilder {
    id: UserId,
    username: String,
    email: String,
    password_hash: String,
    role: Role,
    created_at: OffsetDateTime,
}

impl UserBuilder {
    /// A user like any other.
    #[must_use]
    pub fn new() -> Self {
        let id = fresh_id();
        let number = id.as_u128();
        Self {
            id: UserId::new(id),
            username: format!("user-{number}x"),
            email: format!("user-{number}@example.com"),
            password_hash: "a hash".to_owned(),
            role: Role::User,
            created_at: START,
        }
    }

    /// Called so.
    #[must_use]
    pub fn username(self, username: &str) -> Self {
        Self { username: username.to_owned(), ..self }
    }

    /// With this address.
    #[must_use]
    pub fn email(self, email: &str) -> Self {
        Self { email: email.to_owned(), ..self }
    }

    /// With a password of this hash.
    #[must_use]
    pub fn password_hash(self, hash: &str) -> Self {
        Self { password_hash: hash.to_owned(), ..self }
    }

    /// With this role.
    #[must_use]
    pub fn role(self, role: Role) -> Self {
        Self { role, ..self }
    }

    /// Made at this time.
    #[must_use]
    pub fn created_at(self, created_at: OffsetDateTime) -> Self {
        Self { created_at, ..self }
    }

    /// The user.
    ///
    /// # Panics
    ///
    /// When there can be no such user.
    #[must_use]
    pub fn build(self) -> User {
        let username = Username::try_new(&self.username).expect("the username is one");
        let email = Email::try_new(&self.email).expect("the address is one");
        let hash = PasswordHash::new(self.password_hash);
        User::register(self.id, username, email, hash, self.role, self.created_at).0
    }
}

impl Default for UserBuilder {
    fn default() -> Self {
        Self::new()
    }
}

/// Makes sessions.
#[derive(Clone, Debug)]
pub struct SessionBuilder {
    id: SessionId,
    user: UserId,
    refresh: TokenDigest,
    started_at: OffsetDateTime,
}

impl SessionBuilder {
    /// How long sessions of tests last: an access token a quarter of an hour, a session a
    /// day, and a week altogether.
    pub const POLICY: SessionPolicy = SessionPolicy {
        access_lifetime: Duration::minutes(15),
        idle_lifetime: Duration::DAY,
        absolute_lifetime: Duration::WEEK,
    };

    /// A session of `user`.
    #[must_use]
    pub fn new(user: UserId) -> Self {
        let id = fresh_id();
        let refresh = digest_of(&id.to_string());
        Self { id: SessionId::new(id), user, refresh, started_at: START }
    }

    /// With a refresh token of this digest.
    #[must_use]
    pub fn refresh(self, refresh: TokenDigest) -> Self {
        Self { refresh, ..self }
    }

    /// Begun at this time.
    #[must_use]
    pub fn started_at(self, started_at: OffsetDateTime) -> Self {
        Self { started_at, ..self }
    }

    /// The session.
    #[must_use]
    pub fn build(self) -> Session {
        Session::start(self.id, self.user, self.refresh, self.started_at, &Self::POLICY)
    }
}

/// `user`, acting in a session that may not exist.
#[must_use]
pub fn actor_of(user: &User) -> Actor {
    Actor { user: user.id(), session: SessionId::new(fresh_id()), role: user.role() }
}

/// A digest that is good enough for tests: another one for each text that they use.
#[must_use]
pub fn digest_of(text: &str) -> TokenDigest {
    let mut bytes = [0_u8; 32];
    // FNV-1a, begun anew for each of the four words.
    for (word, seed) in bytes.chunks_exact_mut(8).zip(0_u64..) {
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325 ^ seed, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        word.copy_from_slice(&hash.to_be_bytes());
    }
    TokenDigest::new(bytes)
}
