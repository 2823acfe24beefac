//! What goes wrong outside.

use std::error::Error;

/// Something outside did not answer, or not as it should. What it was is for the log, not
/// for the user.
#[derive(Debug, thiserror::Error)]
#[error("something that is needed is out of order")]
pub struct Unavailable(#[source] pub Box<dyn Error + Send + Sync>);

impl Unavailable {
    /// What went wrong.
    #[must_use]
    pub fn new(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}
