//! What can go wrong where things are kept.

use std::error::Error;

use thiserror::Error;

/// What a store keeps at most once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UniqueConstraint {
    /// An id, of whatever it is.
    Id,
    /// The name of a user, in whatever case.
    Username,
    /// The e-mail address of a user.
    Email,
    /// The super admin: there is one.
    SuperAdmin,
    /// The idempotency key of a buyer.
    IdempotencyKey,
}

/// Why a store did not do what it was asked to. Nothing has changed then, once the unit of
/// work is dropped.
#[derive(Debug, Error)]
pub enum RepositoryError {
    /// Someone else has changed the same thing since it was loaded, or is about to. Trying
    /// the whole unit of work again may help.
    #[error("someone else has changed this at the same time")]
    Conflict,
    /// There is one already.
    #[error("there is one already ({constraint:?})")]
    Duplicate {
        /// What it has in common with the other.
        constraint: UniqueConstraint,
    },
    /// The store cannot be reached, or holds what it should not.
    #[error("the store is out of order")]
    Unavailable(#[source] Box<dyn Error + Send + Sync>),
}

impl RepositoryError {
    /// What went wrong with the store.
    #[must_use]
    pub fn unavailable(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Unavailable(cause.into())
    }

    /// Whether there is already one that has this in common.
    #[must_use]
    pub fn is_duplicate(&self, of: UniqueConstraint) -> bool {
        matches!(self, Self::Duplicate { constraint } if *constraint == of)
    }

    /// Whether trying again may help.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Conflict)
    }
}
