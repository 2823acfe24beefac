//! What is sent and answered about other users.

use application::administration::commands::{CreateUser, SetPassword};
use application::administration::queries::{ListUsers, UserPage};
use application::authorization::Actor;
use application::ports::{Sorting, UserSort};
use domain::accounts::UserId;
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::Problem;
use crate::accounts::schemas::{RoleSchema, UserResponse, is_email, is_password, is_username};
use crate::extractors::{Secret, is_limit, page_limit};

/// A new user.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreateUserRequest {
    #[garde(custom(is_username))]
    #[schema(example = "bobby", min_length = 5, max_length = 20)]
    username: String,
    #[garde(custom(is_email))]
    #[schema(example = "bobby@example.com", format = Email, max_length = 254)]
    email: String,
    #[garde(custom(is_password))]
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
    password: Secret,
    /// What the user may do: less than you.
    #[garde(skip)]
    role: RoleSchema,
}

impl CreateUserRequest {
    pub(crate) fn into_command(self, actor: Actor) -> CreateUser {
        let Self { username, email, password, role } = self;
        let (password, role) = (password.into_text(), role.into());
        CreateUser { actor, username, email, password, role }
    }
}

/// A new password of another user.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetPasswordRequest {
    #[garde(custom(is_password))]
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
    new_password: Secret,
}

impl SetPasswordRequest {
    pub(crate) fn into_command(self, actor: Actor, user: UserId) -> SetPassword {
        SetPassword { actor, user, new_password: self.new_password.into_text() }
    }
}

/// By what users are sorted; `-` turns it around.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
pub(crate) enum UserSortSchema {
    #[serde(rename = "created_at")]
    CreatedAt,
    #[default]
    #[serde(rename = "-created_at")]
    CreatedAtDescending,
    #[serde(rename = "username")]
    Username,
    #[serde(rename = "-username")]
    UsernameDescending,
    #[serde(rename = "email")]
    Email,
    #[serde(rename = "-email")]
    EmailDescending,
}

impl UserSortSchema {
    fn parts(self) -> (UserSort, Sorting) {
        match self {
            Self::CreatedAt => (UserSort::CreatedAt, Sorting::Ascending),
            Self::CreatedAtDescending => (UserSort::CreatedAt, Sorting::Descending),
            Self::Username => (UserSort::Username, Sorting::Ascending),
            Self::UsernameDescending => (UserSort::Username, Sorting::Descending),
            Self::Email => (UserSort::Email, Sorting::Ascending),
            Self::EmailDescending => (UserSort::Email, Sorting::Descending),
        }
    }
}

/// Which users are listed.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListUsersParams {
    /// At most so many; 20 if it is not given.
    #[garde(inner(custom(is_limit)))]
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    /// After so many.
    #[garde(range(max = MOST_SKIPPED))]
    offset: Option<u64>,
    /// By what they are sorted; the newest come first if it is not given.
    #[garde(skip)]
    #[param(inline)]
    sort: Option<UserSortSchema>,
    /// Only those who can log in, or only those who cannot.
    #[garde(skip)]
    active: Option<bool>,
}

/// What databases count up to.
const MOST_SKIPPED: u64 = i64::MAX.unsigned_abs();

impl ListUsersParams {
    pub(crate) fn into_query(self, actor: Actor) -> Result<ListUsers, Problem> {
        let (sort, sorting) = self.sort.unwrap_or_default().parts();
        let (limit, offset) = (page_limit(self.limit)?, self.offset.unwrap_or_default());
        Ok(ListUsers { actor, is_active: self.active, sort, sorting, limit, offset })
    }
}

/// A part of the list of users.
#[derive(Serialize, ToSchema)]
pub(crate) struct UsersResponse {
    items: Vec<UserResponse>,
    /// How many there are without limit and offset.
    total: u64,
    limit: u32,
    offset: u64,
}

impl From<UserPage> for UsersResponse {
    fn from(page: UserPage) -> Self {
        let UserPage { items, total, limit, offset } = page;
        let items = items.into_iter().map(UserResponse::from).collect();
        Self { items, total, limit: limit.get(), offset }
    }
}
