//! What can be wrong with a token.

use thiserror::Error;

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TokenError {
    /// It was good once.
    #[error("the token has expired")]
    Expired,
    /// It was made by someone else, for something else, or not at all.
    #[error("the token is not valid")]
    Invalid,
}
