//! Who asks, on the routes for users.

use application::accounts::commands::RenewSession;
use application::accounts::queries::{Authenticate, AuthenticateError, Authenticated};
use application::ports::TokenError;
use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::access_cookie;
use crate::extractors::{Credential, CurrentActor, credential};
use crate::{HttpState, Problem};

/// Finds out who asks, and refuses who does not say. A cookie that is past half of its life is
/// renewed with the answer, so that who is active stays logged in.
pub(crate) async fn authenticate(
    State(state): State<HttpState>,
    mut request: Request,
    next: Next,
) -> Response {
    let is_secure = state.settings.is_secure;
    let (access_token, is_cookie) = match credential(request.headers(), is_secure) {
        Ok(Some(Credential::Bearer(token))) => (token, false),
        Ok(Some(Credential::Cookie(token))) => (token, true),
        Ok(None) => return Problem::unauthenticated().into_response(),
        Err(problem) => return problem.into_response(),
    };
    let found = state.use_cases.accounts.authenticate.execute(Authenticate { access_token }).await;
    let Authenticated { actor, is_renewal_due } = match found {
        Ok(authenticated) => authenticated,
        Err(error) => return Problem::from(error).into_response(),
    };
    request.extensions_mut().insert(CurrentActor(actor));
    let mut response = next.run(request).await;
    // Who has just logged out, or changed something about the cookie, wants no other one.
    let is_settled = response.headers().contains_key(SET_COOKIE);
    if is_cookie && is_renewal_due && response.status().is_success() && !is_settled {
        match state.use_cases.accounts.renew_session.execute(RenewSession { actor }).await {
            Ok(access) => {
                let cookie = access_cookie(&access, is_secure).to_string();
                if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                    response.headers_mut().append(SET_COOKIE, cookie);
                }
            }
            // The answer is good all the same; the next request tries again.
            Err(error) => tracing::debug!(%error, "a session was not renewed"),
        }
    }
    response
}

impl From<AuthenticateError> for Problem {
    fn from(error: AuthenticateError) -> Self {
        match error {
            AuthenticateError::Token(TokenError::Expired | TokenError::Invalid)
            | AuthenticateError::SessionEnded => Self::invalid_token(&error),
            AuthenticateError::Repository(error) => error.into(),
        }
    }
}
