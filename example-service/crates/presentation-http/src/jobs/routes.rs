//! Where jobs are seen, and dead ones are run again.

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::handlers;
use crate::HttpState;

/// For super admins.
pub(crate) fn for_users() -> OpenApiRouter<HttpState> {
    OpenApiRouter::new().routes(routes!(handlers::list_jobs)).routes(routes!(handlers::retry_job))
}
