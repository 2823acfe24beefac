//! The kinds of problems.

use axum::http::StatusCode;

/// What kind of problem it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each variant is told by its title")]
pub enum ProblemType {
    Malformed,
    InvalidCredentials,
    Unauthenticated,
    Forbidden,
    CrossOrigin,
    WrongPassword,
    NotFound,
    MethodNotAllowed,
    RequestTimeout,
    UsernameTaken,
    EmailTaken,
    OutOfStock,
    WrongState,
    NotReady,
    NotDead,
    TooLarge,
    UnsupportedMediaType,
    Invalid,
    RateLimited,
    Internal,
    Unavailable,
}

impl ProblemType {
    const fn facts(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Malformed => (400, "malformed", "The request cannot be read"),
            Self::InvalidCredentials => {
                (401, "invalid-credentials", "The credentials are not right")
            }
            Self::Unauthenticated => (401, "unauthenticated", "You are not logged in"),
            Self::Forbidden => (403, "forbidden", "This is not permitted"),
            Self::CrossOrigin => (403, "cross-origin", "Another site has sent this request"),
            Self::WrongPassword => (403, "wrong-password", "The current password is wrong"),
            Self::NotFound => (404, "not-found", "There is no such thing"),
            Self::MethodNotAllowed => (405, "method-not-allowed", "The method is not allowed"),
            Self::RequestTimeout => (408, "request-timeout", "The request came in too slowly"),
            Self::UsernameTaken => (409, "username-taken", "The username is taken"),
            Self::EmailTaken => (409, "email-taken", "The e-mail address is taken"),
            Self::OutOfStock => (409, "out-of-stock", "There are not enough pieces in stock"),
            Self::WrongState => (409, "wrong-state", "The order is in another state"),
            Self::NotReady => (409, "not-ready", "The report is not ready yet"),
            Self::NotDead => (409, "not-dead", "The job is not dead"),
            Self::TooLarge => (413, "too-large", "The request is too large"),
            Self::UnsupportedMediaType => {
                (415, "unsupported-media-type", "The body has another form than is understood")
            }
            Self::Invalid => (422, "invalid", "Some values are not valid"),
            Self::RateLimited => (429, "rate-limited", "There are too many requests"),
            Self::Internal => (500, "internal", "Something is broken"),
            Self::Unavailable => (503, "unavailable", "The service cannot answer now"),
        }
    }

    /// The status it is told with.
    #[must_use]
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.facts().0).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Its name for programs.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        self.facts().1
    }

    /// Its name for people.
    #[must_use]
    pub const fn title(self) -> &'static str {
        self.facts().2
    }

    /// The kind that a bare status stands for, if it is an error.
    pub(super) fn of_status(status: StatusCode) -> Option<Self> {
        let kind = match status.as_u16() {
            401 => Self::Unauthenticated,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            405 => Self::MethodNotAllowed,
            408 => Self::RequestTimeout,
            413 => Self::TooLarge,
            415 => Self::UnsupportedMediaType,
            422 => Self::Invalid,
            429 => Self::RateLimited,
            503 => Self::Unavailable,
            400..=499 => Self::Malformed,
            500..=599 => Self::Internal,
            _ => return None,
        };
        Some(kind)
    }

    /// What can be said when nothing more is known.
    pub(super) const fn usual_detail(self) -> &'static str {
        match self {
            Self::NotFound => "nothing is at this address",
            Self::MethodNotAllowed => "the header Allow says what this address understands",
            Self::TooLarge => "send a smaller body",
            Self::Unavailable => "answering took too long; try again",
            _ => self.title(),
        }
    }
}
