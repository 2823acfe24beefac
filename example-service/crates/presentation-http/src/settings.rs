//! What can be set of the HTTP side.

use std::time::Duration;

use application::ports::Quota;
use axum::http::HeaderValue;
use ipnet::IpNet;

/// How many requests a client may make.
#[derive(Clone, Copy, Debug)]
pub struct RateLimits {
    /// Of any kind.
    pub usual: Quota,
    /// That try a password or token: log in, recover, reset.
    pub login: Quota,
}

/// What can be set of the HTTP side.
#[derive(Clone, Debug)]
pub struct HttpSettings {
    /// Whether clients reach the service by HTTPS. Cookies are then for HTTPS alone, and
    /// browsers are told to stay with it.
    pub is_secure: bool,
    /// Whether there is a page about the API at `/docs`.
    pub has_docs: bool,
    /// Whether super admins can look at mails.
    pub has_mail_preview: bool,
    /// Origins (`https://shop.example.com`) whose pages may call the API from browsers, with
    /// cookies.
    pub allowed_origins: Vec<String>,
    /// The networks of the proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// The largest body of a request, in bytes.
    pub body_limit: usize,
    /// How long the body of a request may take to come in.
    pub body_timeout: Duration,
    /// How long answering may take.
    pub request_timeout: Duration,
    /// How many requests a client may make.
    pub rate_limits: RateLimits,
}

impl HttpSettings {
    pub(crate) fn origins(&self) -> Result<Vec<HeaderValue>, ConfigurationError> {
        let value = |origin: &String| {
            HeaderValue::from_str(origin).map_err(|_| ConfigurationError(origin.clone()))
        };
        self.allowed_origins.iter().map(value).collect()
    }
}

/// An allowed origin is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigurationError(pub String);

impl std::fmt::Display for ConfigurationError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "`{}` is no origin like https://shop.example.com", self.0)
    }
}

impl std::error::Error for ConfigurationError {}
