//! How requests are read. What cannot be read is answered with a [`Problem`].
//!
//! [`Problem`]: crate::Problem

mod actor;
mod body;
mod idempotency_key;
mod page;
mod path_id;
mod secret;
mod valid_form;
mod valid_json;
mod valid_query;

pub(crate) use actor::{Credential, CurrentActor, credential};
pub(crate) use idempotency_key::OptionalIdempotencyKey;
pub(crate) use page::{KeysetParams, is_limit, page_limit};
pub(crate) use path_id::PathId;
pub(crate) use secret::Secret;
pub(crate) use valid_form::ValidForm;
pub(crate) use valid_json::ValidJson;
pub(crate) use valid_query::ValidQuery;

use garde::Report;

use crate::{FieldError, Problem};

/// What garde found, as it is told.
fn field_errors(report: &Report) -> Vec<FieldError> {
    let told = |(path, error): &(garde::Path, garde::Error)| FieldError {
        field: path.to_string(),
        message: error.message().to_owned(),
    };
    report.iter().map(told).collect()
}

/// What serde found, as it is told. A field that is missing has no path of its own, but stands
/// in the message.
fn unreadable<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> Problem {
    let message = error.inner().to_string();
    // The path says more than the line and column that messages about JSON end with.
    let message = message.rsplit_once(" at line ").map_or(&*message, |(message, _)| message);
    let missing = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`'));
    let path = error.path().to_string();
    let field = match (path.as_str(), missing) {
        (".", Some(missing)) => missing.to_owned(),
        (path, Some(missing)) => format!("{path}.{missing}"),
        (path, None) => path.to_owned(),
    };
    Problem::invalid_field(&field, &message)
}

/// A validator of garde that asks the domain, so that the rules stand in one place.
pub(crate) fn accepted<T, E: std::fmt::Display>(outcome: Result<T, E>) -> garde::Result {
    outcome.map(drop).map_err(garde::Error::new)
}
