//! The key under which a client may send the same request again.

use application::ports::IdempotencyKey;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::{HttpState, Problem};

/// The header, as it is called.
const IDEMPOTENCY_KEY: &str = "Idempotency-Key";

/// The key under which a client may send the same request again, if it has sent one.
#[derive(Clone, Debug)]
pub(crate) struct OptionalIdempotencyKey(pub(crate) Option<IdempotencyKey>);

impl FromRequestParts<HttpState> for OptionalIdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &HttpState) -> Result<Self, Problem> {
        let mut values = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let Some(value) = values.next() else {
            return Ok(Self(None));
        };
        if values.next().is_some() {
            return Err(Problem::invalid_field(IDEMPOTENCY_KEY, &"send one key"));
        }
        let key = IdempotencyKey::try_new(value.to_str().unwrap_or_default());
        let key = key.map_err(|error| Problem::invalid_field(IDEMPOTENCY_KEY, &error))?;
        Ok(Self(Some(key)))
    }
}
