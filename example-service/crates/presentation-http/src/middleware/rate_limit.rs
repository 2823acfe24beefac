//! How many requests a client may make.

use application::ports::{Quota, RateLimitDecision};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::client_ip::{client_ip, client_key};
use crate::problem::whole_seconds;
use crate::{HttpState, Problem, ProblemType};

pub(crate) const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
pub(crate) const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
pub(crate) const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");
pub(crate) const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Counts requests of any kind.
pub(crate) async fn limit_requests(
    State(state): State<HttpState>,
    request: Request,
    next: Next,
) -> Response {
    let quota = state.settings.rate_limits.usual;
    limit(&state, "requests", quota, request, next).await
}

/// Counts requests that try a password or token.
pub(crate) async fn limit_login(
    State(state): State<HttpState>,
    request: Request,
    next: Next,
) -> Response {
    let quota = state.settings.rate_limits.login;
    limit(&state, "login", quota, request, next).await
}

async fn limit(
    state: &HttpState,
    what: &str,
    quota: Quota,
    request: Request,
    next: Next,
) -> Response {
    let client = client_ip(&request, &state.settings.trusted_proxies);
    let key = format!("{what}:{}", client.map_or_else(|| "unknown".to_owned(), client_key));
    let decision = match state.limiter.check(&key, quota).await {
        Ok(decision) => decision,
        Err(error) => {
            // A shop that sells too much is better than one that sells nothing.
            tracing::error!(error = %error.0, "requests are not counted");
            return next.run(request).await;
        }
    };
    let mut response = if decision.is_allowed {
        next.run(request).await
    } else {
        let wait = decision.retry_after;
        let detail = format!("wait for {} s, then try again", whole_seconds(wait));
        Problem::new(ProblemType::RateLimited, detail).retry_after(wait).into_response()
    };
    // A stricter limit further inside has said more already.
    if !response.headers().contains_key(LIMIT) {
        tell(response.headers_mut(), quota, decision);
    }
    response
}

fn tell(headers: &mut HeaderMap, quota: Quota, decision: RateLimitDecision) {
    headers.insert(LIMIT, quota.requests().get().into());
    headers.insert(REMAINING, decision.remaining.into());
    headers.insert(RESET, whole_seconds(decision.reset_after).into());
    let policy = format!("{};w={}", quota.requests(), whole_seconds(quota.window()));
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(POLICY, policy);
    }
}
