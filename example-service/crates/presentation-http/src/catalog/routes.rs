//! Where products are reached.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For anyone.
pub(crate) fn for_anyone() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::list_products))
        .routes(routes!(handlers::get_product))
}

/// For users.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::create_product))
        .routes(routes!(handlers::update_product, handlers::archive_product))
}
