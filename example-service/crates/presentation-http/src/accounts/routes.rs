//! Where the own account is reached.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For anyone.
pub(crate) fn for_anyone() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::sign_up))
        .routes(routes!(handlers::refresh_session))
}

/// For anyone, but not often: they try passwords.
pub(crate) fn for_login() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(routes!(handlers::log_in)).routes(routes!(handlers::issue_token))
}

/// For users.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::log_out))
        .routes(routes!(handlers::get_me, handlers::update_me, handlers::delete_me))
        .routes(routes!(handlers::change_my_password))
}
