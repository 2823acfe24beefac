//! Who asks.

use application::authorization::Actor;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use domain::shared::SecretText;

use crate::middleware::cookie_name;
use crate::{HttpState, Problem};

/// Who asks. The middleware of the routes for users has found it out before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CurrentActor(pub(crate) Actor);

impl FromRequestParts<HttpState> for CurrentActor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &HttpState) -> Result<Self, Problem> {
        parts.extensions.get::<Self>().copied().ok_or_else(Problem::unauthenticated)
    }
}

/// What a request shows of itself to be let in.
pub(crate) enum Credential {
    /// In the header Authorization.
    Bearer(SecretText),
    /// In a cookie, which browsers send by themselves.
    Cookie(SecretText),
}

/// What a request shows of itself. The header wins: who sends it means it.
///
/// # Errors
///
/// When there is a header of another scheme.
pub(crate) fn credential(
    headers: &HeaderMap,
    is_secure: bool,
) -> Result<Option<Credential>, Problem> {
    if let Some(value) = headers.get(AUTHORIZATION) {
        let bearer = value.to_str().ok().and_then(bearer_token);
        let token = bearer.ok_or_else(|| {
            Problem::invalid_token(&"the header Authorization is not of the form `Bearer TOKEN`")
        })?;
        return Ok(Some(Credential::Bearer(token)));
    }
    let cookies = CookieJar::from_headers(headers);
    let cookie = cookies.get(cookie_name(is_secure));
    Ok(cookie.map(|cookie| Credential::Cookie(SecretText::new(cookie.value()))))
}

fn bearer_token(header: &str) -> Option<SecretText> {
    let (scheme, token) = header.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then(|| SecretText::new(token))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use axum::http::header::COOKIE;

    use super::*;

    fn headers(authorization: Option<&'static str>, cookie: Option<&'static str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [(AUTHORIZATION, authorization), (COOKIE, cookie)] {
            if let Some(value) = value {
                headers.insert(name, HeaderValue::from_static(value));
            }
        }
        headers
    }

    #[test]
    fn the_header_wins_over_the_cookie() {
        let both = headers(Some("bearer one"), Some("session=two"));
        let found = credential(&both, false);
        assert!(matches!(&found, Ok(Some(Credential::Bearer(token))) if token.expose() == "one"));
    }

    #[test]
    fn cookies_have_another_name_when_secure() {
        let plain = headers(None, Some("session=two"));
        assert!(matches!(credential(&plain, false), Ok(Some(Credential::Cookie(_)))));
        assert!(matches!(credential(&plain, true), Ok(None)));
    }

    #[test]
    fn other_schemes_are_refused() {
        for other in ["Basic abc", "Bearer", "Bearer  "] {
            assert!(credential(&headers(Some(other), None), false).is_err(), "{other}");
        }
    }
}
