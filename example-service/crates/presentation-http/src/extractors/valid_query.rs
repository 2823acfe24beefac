//! Parameters behind the `?`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use garde::Validate;
use serde::de::DeserializeOwned;

use super::{field_errors, unreadable};
use crate::{HttpState, Problem};

/// Parameters behind the `?` that have valid values.
#[derive(Debug)]
pub(crate) struct ValidQuery<T>(pub(crate) T);

impl<T> FromRequestParts<HttpState> for ValidQuery<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &HttpState) -> Result<Self, Problem> {
        let value: T = parse(parts.uri.query().unwrap_or_default().as_bytes())?;
        value.validate().map_err(|report| Problem::invalid(field_errors(&report)))?;
        Ok(Self(value))
    }
}

/// Reads names and values of the form `name=value&name=value`.
pub(super) fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    let pairs = serde_urlencoded::Deserializer::new(form_urlencoded::parse(text));
    serde_path_to_error::deserialize(pairs).map_err(|error| unreadable(&error))
}
