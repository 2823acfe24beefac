//! Where lost passwords are recovered.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For anyone, but not often: they try tokens, and send mails.
pub(crate) fn for_login() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::request_recovery))
        .routes(routes!(handlers::reset_password))
}

/// For super admins who work on the mails.
pub(crate) fn for_preview() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(routes!(handlers::preview_mail))
}
