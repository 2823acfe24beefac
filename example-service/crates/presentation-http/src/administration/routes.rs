//! Where other users are reached.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For users; the use cases know which of them may do what.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::create_user, handlers::list_users))
        .routes(routes!(handlers::get_user))
        .routes(routes!(handlers::set_password))
        .routes(routes!(handlers::grant_admin, handlers::revoke_admin))
        .routes(routes!(handlers::activate_user, handlers::deactivate_user))
}
