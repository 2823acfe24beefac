//! What goes wrong with the own account.

use application::accounts::commands::{
    ChangeMyPasswordError, DeleteMeError, LogInError, LogOutError, RefreshSessionError,
    SignUpError, UpdateMeError,
};
use application::accounts::queries::GetMeError;

use crate::{Problem, ProblemType};

pub(crate) fn username_taken() -> Problem {
    Problem::new(ProblemType::UsernameTaken, "choose another username")
}

pub(crate) fn email_taken() -> Problem {
    Problem::new(ProblemType::EmailTaken, "there is an account with this e-mail address")
}

impl From<SignUpError> for Problem {
    fn from(error: SignUpError) -> Self {
        match error {
            SignUpError::Username(error) => Self::invalid_field("username", &error),
            SignUpError::Email(error) => Self::invalid_field("email", &error),
            SignUpError::Password(error) => Self::invalid_field("password", &error),
            SignUpError::UsernameTaken => username_taken(),
            SignUpError::EmailTaken => email_taken(),
            SignUpError::Unavailable(error) => error.into(),
            SignUpError::Repository(error) => error.into(),
        }
    }
}

impl From<LogInError> for Problem {
    fn from(error: LogInError) -> Self {
        match error {
            LogInError::InvalidCredentials => {
                Self::new(ProblemType::InvalidCredentials, error.to_string())
            }
            LogInError::Unavailable(error) => error.into(),
            LogInError::Repository(error) => error.into(),
        }
    }
}

impl From<RefreshSessionError> for Problem {
    fn from(error: RefreshSessionError) -> Self {
        match error {
            RefreshSessionError::InvalidToken | RefreshSessionError::TokenReused => {
                Self::new(ProblemType::InvalidCredentials, error.to_string())
            }
            RefreshSessionError::Unavailable(error) => error.into(),
            RefreshSessionError::Repository(error) => error.into(),
        }
    }
}

impl From<LogOutError> for Problem {
    fn from(LogOutError::Repository(error): LogOutError) -> Self {
        error.into()
    }
}

impl From<GetMeError> for Problem {
    fn from(error: GetMeError) -> Self {
        match error {
            GetMeError::Refused(refusal) => refusal.into(),
            GetMeError::Repository(error) => error.into(),
        }
    }
}

impl From<UpdateMeError> for Problem {
    fn from(error: UpdateMeError) -> Self {
        match error {
            UpdateMeError::Username(error) => Self::invalid_field("username", &error),
            UpdateMeError::Email(error) => Self::invalid_field("email", &error),
            UpdateMeError::UsernameTaken => username_taken(),
            UpdateMeError::EmailTaken => email_taken(),
            UpdateMeError::Refused(refusal) => refusal.into(),
            UpdateMeError::Repository(error) => error.into(),
        }
    }
}

impl From<DeleteMeError> for Problem {
    fn from(error: DeleteMeError) -> Self {
        match error {
            DeleteMeError::Unchangeable(error) => error.into(),
            DeleteMeError::Refused(refusal) => refusal.into(),
            DeleteMeError::Repository(error) => error.into(),
        }
    }
}

impl From<ChangeMyPasswordError> for Problem {
    fn from(error: ChangeMyPasswordError) -> Self {
        match error {
            ChangeMyPasswordError::WrongPassword => {
                Self::new(ProblemType::WrongPassword, error.to_string())
            }
            ChangeMyPasswordError::Password(error) => Self::invalid_field("new_password", &error),
            ChangeMyPasswordError::Refused(refusal) => refusal.into(),
            ChangeMyPasswordError::Unavailable(error) => error.into(),
            ChangeMyPasswordError::Repository(error) => error.into(),
        }
    }
}
