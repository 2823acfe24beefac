//! What is sent and answered about the own account.

use application::accounts::commands::{ChangeMyPassword, LogIn, RefreshSession, SignUp, UpdateMe};
use application::accounts::common::TokenPair;
use application::authorization::Actor;
use application::ports::UserDetails;
use domain::accounts::{Email, Password, Role, Username};
use garde::Validate;
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::extractors::{Secret, accepted};

pub(crate) fn is_username<C>(text: &str, _: &C) -> garde::Result {
    accepted(Username::try_new(text))
}

pub(crate) fn is_email<C>(text: &str, _: &C) -> garde::Result {
    accepted(Email::try_new(text))
}

pub(crate) fn is_password<C>(secret: &Secret, _: &C) -> garde::Result {
    accepted(Password::try_new(secret.text().clone()))
}

/// Who wants an account.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignUpRequest {
    /// 5 to 20 of `A-Z`, `a-z`, `0-9`, `.`, `_` and `-`; letters or digits at both ends, and no
    /// two of the other characters in a row. Its case does not tell users apart.
    #[garde(custom(is_username))]
    #[schema(example = "alice", min_length = 5, max_length = 20)]
    username: String,
    /// Where mail reaches the user; kept in lower case.
    #[garde(custom(is_email))]
    #[schema(example = "alice@example.com", format = Email, max_length = 254)]
    email: String,
    #[garde(custom(is_password))]
    #[schema(value_type = String, format = Password, example = "correct horse", min_length = 8, max_length = 128)]
    password: Secret,
}

impl From<SignUpRequest> for SignUp {
    fn from(request: SignUpRequest) -> Self {
        let SignUpRequest { username, email, password } = request;
        Self { username, email, password: password.into_text() }
    }
}

/// Who wants to log in.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogInRequest {
    /// The username or the e-mail address.
    #[garde(skip)]
    #[schema(example = "alice")]
    login: String,
    #[garde(skip)]
    #[schema(value_type = String, format = Password, example = "correct horse")]
    password: Secret,
}

impl From<LogInRequest> for LogIn {
    fn from(request: LogInRequest) -> Self {
        Self { login: request.login, password: request.password.into_text() }
    }
}

/// The password grant of OAuth 2, for tools. What else it may say is let pass: this service
/// has no clients and no scopes to tell apart.
#[derive(Debug, Deserialize, ToSchema, Validate)]
pub(crate) struct TokenRequest {
    #[garde(inner(custom(is_password_grant)))]
    #[schema(example = "password")]
    grant_type: Option<String>,
    /// The username or the e-mail address.
    #[garde(skip)]
    #[schema(example = "alice")]
    username: String,
    #[garde(skip)]
    #[schema(value_type = String, format = Password, example = "correct horse")]
    password: Secret,
}

fn is_password_grant<C>(grant: &str, _: &C) -> garde::Result {
    if grant == "password" { Ok(()) } else { Err(garde::Error::new("the grant is `password`")) }
}

impl From<TokenRequest> for LogIn {
    fn from(request: TokenRequest) -> Self {
        Self { login: request.username, password: request.password.into_text() }
    }
}

/// Who wants new tokens.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefreshSessionRequest {
    /// The one that was answered last; each is good once.
    #[garde(skip)]
    #[schema(value_type = String, format = Password)]
    refresh_token: Secret,
}

impl From<RefreshSessionRequest> for RefreshSession {
    fn from(request: RefreshSessionRequest) -> Self {
        Self { refresh_token: request.refresh_token.into_text() }
    }
}

/// The tokens of a session.
#[derive(Serialize, ToSchema)]
pub(crate) struct TokenResponse {
    /// Let in for a short time; it goes into the header `Authorization: Bearer`.
    access_token: String,
    /// Gets the next pair of tokens, once. Whoever uses it again ends the session.
    refresh_token: String,
    /// How the access token is sent.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// For how many seconds the access token is good.
    #[schema(example = 900)]
    expires_in: i64,
}

impl From<&TokenPair> for TokenResponse {
    fn from(pair: &TokenPair) -> Self {
        Self {
            access_token: pair.access.token.expose().to_owned(),
            refresh_token: pair.refresh_token.expose().to_owned(),
            token_type: "Bearer",
            expires_in: pair.access.expires_in.whole_seconds(),
        }
    }
}

/// What changes of the own account; what is left out stays.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct UpdateMeRequest {
    #[garde(inner(custom(is_username)))]
    #[schema(example = "alice", min_length = 5, max_length = 20)]
    username: Option<String>,
    #[garde(inner(custom(is_email)))]
    #[schema(example = "alice@example.com", format = Email, max_length = 254)]
    email: Option<String>,
}

impl UpdateMeRequest {
    pub(crate) fn into_command(self, actor: Actor) -> UpdateMe {
        UpdateMe { actor, username: self.username, email: self.email }
    }
}

/// A new password.
#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeMyPasswordRequest {
    #[garde(skip)]
    #[schema(value_type = String, format = Password)]
    current_password: Secret,
    #[garde(custom(is_password))]
    #[schema(value_type = String, format = Password, min_length = 8, max_length = 128)]
    new_password: Secret,
}

impl ChangeMyPasswordRequest {
    pub(crate) fn into_command(self, actor: Actor) -> ChangeMyPassword {
        let current_password = self.current_password.into_text();
        ChangeMyPassword { actor, current_password, new_password: self.new_password.into_text() }
    }
}

/// What a user may do.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RoleSchema {
    User,
    Admin,
    SuperAdmin,
}

impl From<Role> for RoleSchema {
    fn from(role: Role) -> Self {
        match role {
            Role::User => Self::User,
            Role::Admin => Self::Admin,
            Role::SuperAdmin => Self::SuperAdmin,
        }
    }
}

impl From<RoleSchema> for Role {
    fn from(role: RoleSchema) -> Self {
        match role {
            RoleSchema::User => Self::User,
            RoleSchema::Admin => Self::Admin,
            RoleSchema::SuperAdmin => Self::SuperAdmin,
        }
    }
}

/// A user.
#[derive(Serialize, ToSchema)]
pub(crate) struct UserResponse {
    id: Uuid,
    #[schema(example = "alice")]
    username: String,
    #[schema(example = "alice@example.com", format = Email)]
    email: String,
    role: RoleSchema,
    /// Whether the user can log in.
    is_active: bool,
    #[serde(with = "time::serde::rfc3339")]
    created_at: OffsetDateTime,
}

impl From<UserDetails> for UserResponse {
    fn from(user: UserDetails) -> Self {
        Self {
            id: user.id.get(),
            username: user.username.to_string(),
            email: user.email.to_string(),
            role: user.role.into(),
            is_active: user.is_active,
            created_at: user.created_at,
        }
    }
}
