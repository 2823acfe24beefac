//! What is done about the own account.

use application::accounts::commands::{DeleteMe, LogIn, LogOut};
use application::accounts::common::TokenPair;
use application::accounts::queries::GetMe;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum_extra::extract::CookieJar;

use super::schemas::{
    ChangeMyPasswordRequest, LogInRequest, RefreshSessionRequest, SignUpRequest, TokenRequest,
    TokenResponse, UpdateMeRequest, UserResponse,
};
use crate::extractors::{CurrentActor, ValidForm, ValidJson};
use crate::middleware::{access_cookie, removal_cookie};
use crate::responses::{Created, IdResponse};
use crate::{HttpState, Problem};

/// Sign up.
#[utoipa::path(post, path = "/account/signup", tag = "account",
    request_body = SignUpRequest,
    responses(
        (status = 201, description = "There is an account now; a mail bids welcome", body = IdResponse),
        (status = 409, description = "The username or the e-mail address is taken")))]
pub(crate) async fn sign_up(
    State(state): State<HttpState>,
    ValidJson(request): ValidJson<SignUpRequest>,
) -> Result<Created, Problem> {
    let id = state.use_cases.accounts.sign_up.execute(request.into()).await?;
    Ok(Created::within("users", id.get()))
}

/// Log in by username or e-mail address.
#[utoipa::path(post, path = "/account/login", tag = "account",
    request_body = LogInRequest,
    responses(
        (status = 200, description = "The tokens; the access token is also set as a cookie", body = TokenResponse),
        (status = 401, description = "The login or the password is wrong")))]
pub(crate) async fn log_in(
    State(state): State<HttpState>,
    ValidJson(request): ValidJson<LogInRequest>,
) -> Result<impl IntoResponse, Problem> {
    begin_session(&state, request.into()).await
}

/// Log in with the password grant of OAuth 2, for tools.
#[utoipa::path(post, path = "/token", tag = "account",
    request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = 200, description = "The tokens", body = TokenResponse),
        (status = 401, description = "The login or the password is wrong")))]
pub(crate) async fn issue_token(
    State(state): State<HttpState>,
    ValidForm(request): ValidForm<TokenRequest>,
) -> Result<impl IntoResponse, Problem> {
    begin_session(&state, request.into()).await
}

async fn begin_session(
    state: &HttpState,
    command: LogIn,
) -> Result<(CookieJar, Json<TokenResponse>), Problem> {
    let pair = state.use_cases.accounts.log_in.execute(command).await?;
    Ok(told(state, &pair))
}

/// A pair of tokens as an answer. Whatever cookie the browser had before is replaced.
fn told(state: &HttpState, pair: &TokenPair) -> (CookieJar, Json<TokenResponse>) {
    let cookie = access_cookie(&pair.access, state.settings.is_secure);
    (CookieJar::new().add(cookie), Json(pair.into()))
}

/// Get the next pair of tokens.
#[utoipa::path(post, path = "/account/refresh", tag = "account",
    request_body = RefreshSessionRequest,
    responses(
        (status = 200, description = "The next pair; the former refresh token is used up", body = TokenResponse),
        (status = 401, description = "The refresh token is not valid, or was used before: then the session is ended")))]
pub(crate) async fn refresh_session(
    State(state): State<HttpState>,
    ValidJson(request): ValidJson<RefreshSessionRequest>,
) -> Result<impl IntoResponse, Problem> {
    let pair = state.use_cases.accounts.refresh_session.execute(request.into()).await?;
    Ok(told(&state, &pair))
}

/// Log out: end this session.
#[utoipa::path(post, path = "/account/logout", tag = "account",
    responses((status = 204, description = "The session is ended, and the cookie removed")))]
pub(crate) async fn log_out(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
) -> Result<impl IntoResponse, Problem> {
    state.use_cases.accounts.log_out.execute(LogOut { actor }).await?;
    let cookies = CookieJar::new().add(removal_cookie(state.settings.is_secure));
    Ok((StatusCode::NO_CONTENT, cookies))
}

/// Read the own account.
#[utoipa::path(get, path = "/account/me", tag = "account",
    responses((status = 200, description = "The account", body = UserResponse)))]
pub(crate) async fn get_me(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
) -> Result<Json<UserResponse>, Problem> {
    let user = state.use_cases.accounts.get_me.execute(GetMe { actor }).await?;
    Ok(Json(user.into()))
}

/// Change the own username or e-mail address.
#[utoipa::path(patch, path = "/account/me", tag = "account",
    request_body = UpdateMeRequest,
    responses(
        (status = 200, description = "The account as it is now", body = UserResponse),
        (status = 409, description = "The username or the e-mail address is taken")))]
pub(crate) async fn update_me(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidJson(request): ValidJson<UpdateMeRequest>,
) -> Result<Json<UserResponse>, Problem> {
    state.use_cases.accounts.update_me.execute(request.into_command(actor)).await?;
    let user = state.use_cases.accounts.get_me.execute(GetMe { actor }).await?;
    Ok(Json(user.into()))
}

/// Delete the own account.
#[utoipa::path(delete, path = "/account/me", tag = "account",
    responses(
        (status = 204, description = "There is no such account any more"),
        (status = 403, description = "A super admin cannot be deleted")))]
pub(crate) async fn delete_me(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
) -> Result<impl IntoResponse, Problem> {
    state.use_cases.accounts.delete_me.execute(DeleteMe { actor }).await?;
    let cookies = CookieJar::new().add(removal_cookie(state.settings.is_secure));
    Ok((StatusCode::NO_CONTENT, cookies))
}

/// Change the own password; the other sessions end.
#[utoipa::path(put, path = "/account/password", tag = "account",
    request_body = ChangeMyPasswordRequest,
    responses(
        (status = 204, description = "The password is changed"),
        (status = 403, description = "The current password is wrong")))]
pub(crate) async fn change_my_password(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidJson(request): ValidJson<ChangeMyPasswordRequest>,
) -> Result<StatusCode, Problem> {
    state.use_cases.accounts.change_my_password.execute(request.into_command(actor)).await?;
    Ok(StatusCode::NO_CONTENT)
}
