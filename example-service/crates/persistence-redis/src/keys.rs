//! What things are called in Redis.

use domain::accounts::{SessionId, TokenDigest, UserId};

use crate::codec::digest_to_text;

/// Names that begin with that of a store, so that several can use one Redis. The scripts make
/// the same ones.
#[derive(Clone, Debug)]
pub(crate) struct Keys {
    prefix: String,
}

impl Keys {
    pub(crate) fn new(store: &str) -> Self {
        Self { prefix: format!("{store}:sessions") }
    }

    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The fields of a session.
    pub(crate) fn session(&self, id: SessionId) -> String {
        format!("{}:session:{id}", self.prefix)
    }

    /// The id of the session whose refresh token this is or was.
    pub(crate) fn digest(&self, digest: &TokenDigest) -> String {
        format!("{}:digest:{}", self.prefix, digest_to_text(digest))
    }

    /// The ids of the sessions of a user.
    pub(crate) fn user(&self, user: UserId) -> String {
        format!("{}:user:{user}", self.prefix)
    }

    /// The ids of all sessions, by when they end.
    pub(crate) fn ends(&self) -> String {
        format!("{}:ends", self.prefix)
    }
}
