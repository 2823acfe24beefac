//! What goes wrong with lost passwords.

use application::recovery::commands::{RequestRecoveryError, ResetPasswordError};
use application::recovery::queries::PreviewMailError;

use crate::Problem;

impl From<RequestRecoveryError> for Problem {
    fn from(error: RequestRecoveryError) -> Self {
        match error {
            RequestRecoveryError::Email(error) => Self::invalid_field("email", &error),
            RequestRecoveryError::Repository(error) => error.into(),
        }
    }
}

impl From<ResetPasswordError> for Problem {
    fn from(error: ResetPasswordError) -> Self {
        match error {
            ResetPasswordError::InvalidToken => Self::invalid_field("token", &error),
            ResetPasswordError::Password(error) => Self::invalid_field("new_password", &error),
            ResetPasswordError::Unavailable(error) => error.into(),
            ResetPasswordError::Repository(error) => error.into(),
        }
    }
}

impl From<PreviewMailError> for Problem {
    fn from(error: PreviewMailError) -> Self {
        match error {
            PreviewMailError::Refused(refusal) => refusal.into(),
            PreviewMailError::Repository(error) => error.into(),
            PreviewMailError::Unavailable(error) => error.into(),
        }
    }
}
