//! Bodies of JSON.

use axum::extract::{FromRequest, Request};
use garde::Validate;
use mime::Mime;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::{body, field_errors, unreadable};
use crate::{HttpState, Problem, ProblemType};

/// A body of JSON that has the right shape and valid values.
#[derive(Debug)]
pub(crate) struct ValidJson<T>(pub(crate) T);

impl<T> FromRequest<HttpState> for ValidJson<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &HttpState) -> Result<Self, Problem> {
        let bytes = body::read(request, state, "application/json", is_json).await?;
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value: T = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            match error.inner().classify() {
                Category::Data => unreadable(&error),
                Category::Io | Category::Syntax | Category::Eof => not_json(error.inner()),
            }
        })?;
        deserializer.end().map_err(|error| not_json(&error))?;
        value.validate().map_err(|report| Problem::invalid(field_errors(&report)))?;
        Ok(Self(value))
    }
}

fn is_json(mime: &Mime) -> bool {
    mime.type_() == mime::APPLICATION
        && (mime.subtype() == mime::JSON || mime.suffix() == Some(mime::JSON))
}

fn not_json(error: &serde_json::Error) -> Problem {
    Problem::new(ProblemType::Malformed, format!("the body is not JSON: {error}"))
}
