//! What goes wrong with the own sessions.

use application::sessions::commands::{RevokeAllSessionsError, RevokeSessionError};
use application::sessions::queries::ListSessionsError;

use crate::Problem;

impl From<ListSessionsError> for Problem {
    fn from(ListSessionsError::Repository(error): ListSessionsError) -> Self {
        error.into()
    }
}

impl From<RevokeSessionError> for Problem {
    fn from(error: RevokeSessionError) -> Self {
        match error {
            RevokeSessionError::Refused(refusal) => refusal.into(),
            RevokeSessionError::Repository(error) => error.into(),
        }
    }
}

impl From<RevokeAllSessionsError> for Problem {
    fn from(RevokeAllSessionsError::Repository(error): RevokeAllSessionsError) -> Self {
        error.into()
    }
}
