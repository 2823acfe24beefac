//! Why someone may not do something.

use thiserror::Error;

/// Why someone may not do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It does not exist, as far as the actor is to know.
    #[error("there is no such thing")]
    NotFound,
    /// It exists, and is not the actor's to do this with.
    #[error("this is not permitted")]
    Forbidden,
}
