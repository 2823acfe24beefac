//! What goes wrong with other users.

use application::administration::commands::{
    ActivateUserError, CreateUserError, DeactivateUserError, GrantAdminError, RevokeAdminError,
    SetPasswordError,
};
use application::administration::queries::{GetUserError, ListUsersError};

use crate::Problem;
use crate::accounts::problems::{email_taken, username_taken};

impl From<CreateUserError> for Problem {
    fn from(error: CreateUserError) -> Self {
        match error {
            CreateUserError::Refused(refusal) => refusal.into(),
            CreateUserError::Username(error) => Self::invalid_field("username", &error),
            CreateUserError::Email(error) => Self::invalid_field("email", &error),
            CreateUserError::Password(error) => Self::invalid_field("password", &error),
            CreateUserError::UsernameTaken => username_taken(),
            CreateUserError::EmailTaken => email_taken(),
            CreateUserError::Unavailable(error) => error.into(),
            CreateUserError::Repository(error) => error.into(),
        }
    }
}

impl From<ListUsersError> for Problem {
    fn from(error: ListUsersError) -> Self {
        match error {
            ListUsersError::Refused(refusal) => refusal.into(),
            ListUsersError::Repository(error) => error.into(),
        }
    }
}

impl From<GetUserError> for Problem {
    fn from(error: GetUserError) -> Self {
        match error {
            GetUserError::Refused(refusal) => refusal.into(),
            GetUserError::Repository(error) => error.into(),
        }
    }
}

impl From<SetPasswordError> for Problem {
    fn from(error: SetPasswordError) -> Self {
        match error {
            SetPasswordError::Refused(refusal) => refusal.into(),
            SetPasswordError::Password(error) => Self::invalid_field("new_password", &error),
            SetPasswordError::Unavailable(error) => error.into(),
            SetPasswordError::Repository(error) => error.into(),
        }
    }
}

impl From<GrantAdminError> for Problem {
    fn from(error: GrantAdminError) -> Self {
        match error {
            GrantAdminError::Refused(refusal) => refusal.into(),
            GrantAdminError::Unchangeable(error) => error.into(),
            GrantAdminError::Repository(error) => error.into(),
        }
    }
}

impl From<RevokeAdminError> for Problem {
    fn from(error: RevokeAdminError) -> Self {
        match error {
            RevokeAdminError::Refused(refusal) => refusal.into(),
            RevokeAdminError::Unchangeable(error) => error.into(),
            RevokeAdminError::Repository(error) => error.into(),
        }
    }
}

impl From<ActivateUserError> for Problem {
    fn from(error: ActivateUserError) -> Self {
        match error {
            ActivateUserError::Refused(refusal) => refusal.into(),
            ActivateUserError::Unchangeable(error) => error.into(),
            ActivateUserError::Repository(error) => error.into(),
        }
    }
}

impl From<DeactivateUserError> for Problem {
    fn from(error: DeactivateUserError) -> Self {
        match error {
            DeactivateUserError::Refused(refusal) => refusal.into(),
            DeactivateUserError::Unchangeable(error) => error.into(),
            DeactivateUserError::Repository(error) => error.into(),
        }
    }
}
