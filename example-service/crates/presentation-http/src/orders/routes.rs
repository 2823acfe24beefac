//! Where orders are reached.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For users.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new()
        .routes(routes!(handlers::place_order, handlers::list_my_orders))
        .routes(routes!(handlers::get_order))
        .routes(routes!(handlers::pay_order))
        .routes(routes!(handlers::cancel_order))
        .routes(routes!(handlers::ship_order))
        .routes(routes!(handlers::deliver_order))
}
