//! The cookie that keeps a browser logged in.
//!
//! Scripts cannot read it (`HttpOnly`), other sites cannot make browsers send it
//! (`SameSite=Strict`), and with HTTPS its name begins with `__Host-`, so that browsers take it
//! from this host alone.

use application::accounts::common::AccessToken;
use axum_extra::extract::cookie::{Cookie, SameSite};

/// What the cookie is called.
pub(crate) fn cookie_name(is_secure: bool) -> &'static str {
    if is_secure { "__Host-session" } else { "session" }
}

/// The cookie with an access token, for as long as that is good.
pub(crate) fn access_cookie(access: &AccessToken, is_secure: bool) -> Cookie<'static> {
    let value = access.token.expose().to_owned();
    let mut cookie = bare(value, is_secure);
    cookie.set_max_age(access.expires_in);
    cookie
}

/// A cookie that makes browsers forget theirs.
pub(crate) fn removal_cookie(is_secure: bool) -> Cookie<'static> {
    let mut cookie = bare(String::new(), is_secure);
    cookie.make_removal();
    cookie
}

fn bare(value: String, is_secure: bool) -> Cookie<'static> {
    Cookie::build((cookie_name(is_secure), value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Strict)
        .secure(is_secure)
        .build()
}
