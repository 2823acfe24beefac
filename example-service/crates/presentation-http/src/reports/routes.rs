//! Where reports are reached.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For users.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::request_order_report))
        .routes(routes!(handlers::get_report))
        .routes(routes!(handlers::get_report_file))
}
