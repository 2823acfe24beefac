//! Errors as they are told: problem details of RFC 9457, and nothing of what is inside.

use std::error::Error;
use std::fmt::Display;
use std::time::Duration;

use application::authorization::Refusal;
use application::ports::{RepositoryError, Unavailable};
use axum::Json;
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::accounts::UserError;
use serde::Serialize;
use utoipa::ToSchema;

mod problem_type;

pub use problem_type::ProblemType;

/// What is wrong with one value of a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FieldError {
    /// The path to the value, as in `lines[0].quantity`; or the name of a parameter or header.
    #[schema(example = "username")]
    pub field: String,
    /// What is wrong with it.
    #[schema(example = "a username has 5 to 20 characters")]
    pub message: String,
}

/// Why a request failed, as it is told to the client.
#[derive(Clone, Debug)]
pub struct Problem {
    kind: ProblemType,
    detail: String,
    errors: Vec<FieldError>,
    retry_after: Option<Duration>,
    is_token_invalid: bool,
}

impl Problem {
    /// A problem of this type. `detail` is for people, and is told to whoever asked.
    #[must_use]
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        let detail = detail.into();
        let (errors, retry_after) = (Vec::new(), None);
        Self { kind, detail, errors, retry_after, is_token_invalid: false }
    }

    pub(crate) fn invalid(errors: Vec<FieldError>) -> Self {
        Self { errors, ..Self::new(ProblemType::Invalid, "some values are not valid") }
    }

    pub(crate) fn invalid_field(field: &str, message: &dyn Display) -> Self {
        Self::invalid(vec![FieldError { field: field.to_owned(), message: message.to_string() }])
    }

    /// The access token is missing.
    pub(crate) fn unauthenticated() -> Self {
        Self::new(ProblemType::Unauthenticated, "log in, and send the access token")
    }

    /// The access token is none, or not good any more.
    pub(crate) fn invalid_token(reason: &dyn Display) -> Self {
        let problem = Self::new(ProblemType::Unauthenticated, reason.to_string());
        Self { is_token_invalid: true, ..problem }
    }

    pub(crate) fn with_errors(self, errors: Vec<FieldError>) -> Self {
        Self { errors, ..self }
    }

    pub(crate) fn retry_after(self, wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..self }
    }

    /// Something is broken that the client can do nothing about; the log says what.
    pub(crate) fn internal(cause: &(dyn Error + 'static)) -> Self {
        tracing::error!(error = %chain(cause), "a request failed");
        Self::new(ProblemType::Internal, "this is our fault, and we were told of it")
    }

    /// Something that is needed does not answer; the log says what.
    pub(crate) fn unavailable(cause: &(dyn Error + 'static)) -> Self {
        tracing::error!(error = %chain(cause), "something that is needed does not answer");
        Self::new(ProblemType::Unavailable, "something that is needed does not answer; try again")
            .retry_after(Duration::from_secs(5))
    }

    /// The problem that a bare status stands for, if it is an error.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        let kind = ProblemType::of_status(status)?;
        Some(Self::new(kind, kind.usual_detail()))
    }

    pub(crate) fn to_response(&self, instance: Option<&str>) -> Response {
        let body = ProblemBody {
            kind: format!("urn:marketplace:problem:{}", self.kind.slug()),
            title: self.kind.title().to_owned(),
            status: self.kind.status().as_u16(),
            detail: self.detail.clone(),
            instance: instance.map(str::to_owned),
            errors: self.errors.clone(),
        };
        let mut response = (self.kind.status(), Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.kind.status() == StatusCode::UNAUTHORIZED {
            let challenge = if self.is_token_invalid {
                "Bearer realm=\"marketplace\", error=\"invalid_token\""
            } else {
                "Bearer realm=\"marketplace\""
            };
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
        }
        if let Some(wait) = self.retry_after {
            headers.insert(RETRY_AFTER, whole_seconds(wait).into());
        }
        response
    }
}

/// A time in whole seconds, rounded up: who waits for so long does not come too early.
pub(crate) fn whole_seconds(time: Duration) -> u64 {
    time.as_secs() + u64::from(time.subsec_nanos() > 0)
}

/// An error with what has caused it, for the log.
fn chain(error: &(dyn Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |&error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}

/// An error, as problem details of RFC 9457.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// What kind of problem it is: a name that stays the same, for programs.
    #[serde(rename = "type")]
    #[schema(example = "urn:marketplace:problem:invalid")]
    kind: String,
    /// What kind of problem it is, for people.
    #[schema(example = "Some values are not valid")]
    title: String,
    /// The status of the answer.
    #[schema(example = 422)]
    status: u16,
    /// What is wrong this time, for people.
    detail: String,
    /// What was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "/api/v1/account/signup")]
    instance: Option<String>,
    /// For 422 and 503: which values or parts are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    errors: Vec<FieldError>,
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.to_response(None);
        // The middleware that knows what was asked for writes it again with that.
        response.extensions_mut().insert(self);
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let kind = match refusal {
            Refusal::NotFound => ProblemType::NotFound,
            Refusal::Forbidden => ProblemType::Forbidden,
        };
        Self::new(kind, refusal.to_string())
    }
}

impl From<UserError> for Problem {
    fn from(error: UserError) -> Self {
        match error {
            UserError::SuperAdmin => Self::new(ProblemType::Forbidden, error.to_string()),
        }
    }
}

impl From<RepositoryError> for Problem {
    fn from(error: RepositoryError) -> Self {
        match error {
            // It was tried several times, so that there is a crowd.
            RepositoryError::Conflict => {
                let detail = "others change the same thing all the time; try again";
                Self::new(ProblemType::Unavailable, detail).retry_after(Duration::from_secs(1))
            }
            RepositoryError::Duplicate { .. } => Self::internal(&error),
            RepositoryError::Unavailable(_) => Self::unavailable(&error),
        }
    }
}

impl From<Unavailable> for Problem {
    fn from(error: Unavailable) -> Self {
        Self::unavailable(&error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_stays_inside() {
        let error = RepositoryError::unavailable("password of the database: hunter2");
        let told = format!("{:?}", Problem::from(error));
        assert!(!told.contains("hunter2"), "{told}");
    }

    #[test]
    fn waiting_is_rounded_up() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(2)), 2);
        assert_eq!(whole_seconds(Duration::ZERO), 0);
    }
}
