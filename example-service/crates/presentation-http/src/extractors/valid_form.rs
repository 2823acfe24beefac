//! Bodies of HTML forms.

use axum::extract::{FromRequest, Request};
use garde::Validate;
use mime::Mime;
use serde::de::DeserializeOwned;

use super::{body, field_errors, valid_query};
use crate::{HttpState, Problem};

/// A body in the form of an HTML form that has the right fields and valid values.
#[derive(Debug)]
pub(crate) struct ValidForm<T>(pub(crate) T);

impl<T> FromRequest<HttpState> for ValidForm<T>
where
    T: DeserializeOwned + Validate<Context = ()>,
{
    type Rejection = Problem;

    async fn from_request(request: Request, state: &HttpState) -> Result<Self, Problem> {
        let expected = mime::APPLICATION_WWW_FORM_URLENCODED;
        let bytes = body::read(request, state, expected.as_ref(), is_form).await?;
        let value: T = valid_query::parse(&bytes)?;
        value.validate().map_err(|report| Problem::invalid(field_errors(&report)))?;
        Ok(Self(value))
    }
}

fn is_form(mime: &Mime) -> bool {
    mime.essence_str() == mime::APPLICATION_WWW_FORM_URLENCODED.essence_str()
}
