//! What can go wrong where things are kept.

use std::error::Error;
use std::fmt;

/// Why a store did not do what it was asked to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepositoryError {
    /// Someone else has changed the same things since this unit of work began.
    Conflict,
    /// The store cannot be reached.
    Unavailable,
}

impl fmt::Display for RepositoryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Conflict => "someone else has changed this at the same time; try again",
            Self::Unavailable => "the store cannot be reached",
        })
    }
}

impl Error for RepositoryError {}
