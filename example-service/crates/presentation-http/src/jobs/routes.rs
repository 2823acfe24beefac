//! Where jobs are seen.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For super admins.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(routes!(handlers::list_jobs))
}
