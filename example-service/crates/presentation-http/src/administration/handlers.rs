//! What is done about other users.

use application::administration::commands::{
    ActivateUser, DeactivateUser, GrantAdmin, RevokeAdmin,
};
use application::administration::queries::GetUser;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use domain::accounts::UserId;

use super::schemas::{CreateUserRequest, ListUsersParams, SetPasswordRequest, UsersResponse};
use crate::accounts::schemas::UserResponse;
use crate::extractors::{CurrentActor, PathId, ValidJson, ValidQuery};
use crate::responses::{Created, IdResponse};
use crate::{HttpState, Problem};

/// Create a user. Admins create users, super admins also admins.
#[utoipa::path(post, path = "/users", tag = "administration",
    request_body = CreateUserRequest,
    responses(
        (status = 201, description = "There is a user now", body = IdResponse),
        (status = 403, description = "You may not create users of this role"),
        (status = 409, description = "The username or the e-mail address is taken")))]
pub(crate) async fn create_user(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidJson(request): ValidJson<CreateUserRequest>,
) -> Result<Created, Problem> {
    let command = request.into_command(actor);
    let id = state.use_cases.administration.create_user.execute(command).await?;
    Ok(Created::within("users", id.get()))
}

/// List users.
#[utoipa::path(get, path = "/users", tag = "administration",
    params(ListUsersParams),
    responses(
        (status = 200, description = "A part of the users", body = UsersResponse),
        (status = 403, description = "You are no admin")))]
pub(crate) async fn list_users(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidQuery(params): ValidQuery<ListUsersParams>,
) -> Result<Json<UsersResponse>, Problem> {
    let query = params.into_query(actor)?;
    let page = state.use_cases.administration.list_users.execute(query).await?;
    Ok(Json(page.into()))
}

/// Read a user: yourself, or as an admin anyone.
#[utoipa::path(get, path = "/users/{id}", tag = "administration",
    params(("id" = Uuid, Path, description = "The user")),
    responses(
        (status = 200, description = "The user", body = UserResponse),
        (status = 404, description = "There is no such user, or it is not for you to know")))]
pub(crate) async fn get_user(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<Json<UserResponse>, Problem> {
    let query = GetUser { actor, user: UserId::new(id) };
    let user = state.use_cases.administration.get_user.execute(query).await?;
    Ok(Json(user.into()))
}

/// Set the password of a subordinate, whose sessions end.
#[utoipa::path(put, path = "/users/{id}/password", tag = "administration",
    params(("id" = Uuid, Path, description = "The user")),
    request_body = SetPasswordRequest,
    responses(
        (status = 204, description = "The password is changed"),
        (status = 403, description = "The user is not below you"),
        (status = 404, description = "There is no such user, or it is not for you to know")))]
pub(crate) async fn set_password(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
    ValidJson(request): ValidJson<SetPasswordRequest>,
) -> Result<StatusCode, Problem> {
    let command = request.into_command(actor, UserId::new(id));
    state.use_cases.administration.set_password.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make a user an admin.
#[utoipa::path(put, path = "/users/{id}/roles/admin", tag = "administration",
    params(("id" = Uuid, Path, description = "The user")),
    responses(
        (status = 204, description = "The user is an admin"),
        (status = 403, description = "You are no super admin, or the user is one"),
        (status = 404, description = "There is no such user, or it is not for you to know")))]
pub(crate) async fn grant_admin(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = GrantAdmin { actor, user: UserId::new(id) };
    state.use_cases.administration.grant_admin.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Make an admin a user again.
#[utoipa::path(delete, path = "/users/{id}/roles/admin", tag = "administration",
    params(("id" = Uuid, Path, description = "The user")),
    responses(
        (status = 204, description = "The user is no admin"),
        (status = 403, description = "You are no super admin, or the user is one"),
        (status = 404, description = "There is no such user, or it is not for you to know")))]
pub(crate) async fn revoke_admin(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = RevokeAdmin { actor, user: UserId::new(id) };
    state.use_cases.administration.revoke_admin.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Let a subordinate log in again.
#[utoipa::path(put, path = "/users/{id}/activation", tag = "administration",
    params(("id" = Uuid, Path, description = "The user")),
    responses(
        (status = 204, description = "The user can log in"),
        (status = 403, description = "The user is not below you"),
        (status = 404, description = "There is no such user, or it is not for you to know")))]
pub(crate) async fn activate_user(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = ActivateUser { actor, user: UserId::new(id) };
    state.use_cases.administration.activate_user.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Keep a subordinate from logging in; the sessions of that user end.
#[utoipa::path(delete, path = "/users/{id}/activation", tag = "administration",
    params(("id" = Uuid, Path, description = "The user")),
    responses(
        (status = 204, description = "The user cannot log in"),
        (status = 403, description = "The user is not below you"),
        (status = 404, description = "There is no such user, or it is not for you to know")))]
pub(crate) async fn deactivate_user(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    PathId(id): PathId,
) -> Result<StatusCode, Problem> {
    let command = DeactivateUser { actor, user: UserId::new(id) };
    state.use_cases.administration.deactivate_user.execute(command).await?;
    Ok(StatusCode::NO_CONTENT)
}
