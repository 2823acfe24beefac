//! Which part of a list is asked for.

use application::common::PageLimit;
use garde::Validate;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::accepted;
use crate::Problem;

/// Which part of a list is asked for.
#[derive(Debug, Deserialize, IntoParams, Validate)]
#[into_params(parameter_in = Query)]
pub(crate) struct KeysetParams {
    /// The `next_cursor` of the part before; without it the list begins.
    #[garde(skip)]
    pub(crate) cursor: Option<Uuid>,
    /// At most so many; 20 if it is not given.
    #[garde(inner(custom(is_limit)))]
    #[param(minimum = 1, maximum = 100)]
    pub(crate) limit: Option<u32>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "garde hands over references")]
pub(crate) fn is_limit<C>(limit: &u32, _: &C) -> garde::Result {
    accepted(PageLimit::try_new(*limit))
}

/// The limit of a list.
///
/// # Errors
///
/// When it is not one that validation lets pass.
pub(crate) fn page_limit(limit: Option<u32>) -> Result<PageLimit, Problem> {
    let limit = limit.map_or(Ok(PageLimit::USUAL), PageLimit::try_new);
    limit.map_err(|error| Problem::invalid_field("limit", &error))
}
