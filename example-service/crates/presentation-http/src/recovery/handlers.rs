//! What is done about lost passwords.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::schemas::{
    MailResponse, PreviewMailRequest, RequestRecoveryRequest, ResetPasswordRequest,
};
use crate::extractors::{CurrentActor, ValidJson};
use crate::{HttpState, Problem};

/// Ask for a mail with a token that resets the password.
#[utoipa::path(post, path = "/account/recovery", tag = "recovery",
    request_body = RequestRecoveryRequest,
    responses((status = 202, description = "If there is such an account, a mail is on its way")))]
pub(crate) async fn request_recovery(
    State(state): State<HttpState>,
    ValidJson(request): ValidJson<RequestRecoveryRequest>,
) -> Result<StatusCode, Problem> {
    state.use_cases.recovery.request_recovery.execute(request.into()).await?;
    Ok(StatusCode::ACCEPTED)
}

/// Set a new password with the token of a mail; all sessions end.
#[utoipa::path(post, path = "/account/recovery/reset", tag = "recovery",
    request_body = ResetPasswordRequest,
    responses((status = 204, description = "The password is changed")))]
pub(crate) async fn reset_password(
    State(state): State<HttpState>,
    ValidJson(request): ValidJson<ResetPasswordRequest>,
) -> Result<StatusCode, Problem> {
    state.use_cases.recovery.reset_password.execute(request.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Look at a mail as it would be sent to you.
#[utoipa::path(post, path = "/admin/mail/preview", tag = "administration",
    request_body = PreviewMailRequest,
    responses(
        (status = 200, description = "The mail", body = MailResponse),
        (status = 403, description = "You are no super admin")))]
pub(crate) async fn preview_mail(
    State(state): State<HttpState>,
    CurrentActor(actor): CurrentActor,
    ValidJson(request): ValidJson<PreviewMailRequest>,
) -> Result<Json<MailResponse>, Problem> {
    let mail = state.use_cases.recovery.preview_mail.execute(request.into_query(actor)).await?;
    Ok(Json(mail.into()))
}
