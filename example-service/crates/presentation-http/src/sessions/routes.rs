//! Where the own sessions are reached.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For users.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list_sessions, handlers::revoke_all_sessions))
        .routes(routes!(handlers::revoke_session))
}
