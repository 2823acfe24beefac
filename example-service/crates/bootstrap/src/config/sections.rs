//! The settings. What is written about them here is what the README says, and what errors
//! explain.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

use ipnet::IpNet;
use schemars::JsonSchema;
use secrecy::SecretString;
use serde::Deserialize;

use super::Profile;
use super::places::Places;
use super::values::{duration, list, number};

/// All settings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each section describes itself")]
pub struct Config {
    /// Where the service runs.
    #[serde(skip)]
    pub profile: Profile,
    #[serde(skip)]
    pub(super) places: Places,
    pub http: HttpConfig,
    pub database: DatabaseConfig,
    pub redis: RedisConfig,
    pub superuser: SuperuserConfig,
    pub session: SessionConfig,
    pub password: PasswordConfig,
    pub rate_limit: RateLimitConfig,
    pub mail: MailConfig,
    pub jobs: JobsConfig,
    pub cache: CacheConfig,
    pub log: LogConfig,
    pub traces: TracesConfig,
}

/// How the service speaks HTTP.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpConfig {
    /// Where the server listens: an address and a port, 0 for any that is free.
    #[schemars(with = "String")]
    pub bind: SocketAddr,
    /// Whether clients come by HTTPS: cookies are then for HTTPS alone.
    pub secure: bool,
    /// Whether `/docs` shows a page about the API.
    pub docs: bool,
    /// Whether super admins can look at mails.
    pub mail_preview: bool,
    /// Origins whose pages may call the API with cookies, such as `https://shop.example.com`.
    #[serde(deserialize_with = "list")]
    pub allowed_origins: Vec<String>,
    /// Networks of proxies whose `X-Forwarded-For` is believed, such as `10.0.0.0/8`.
    #[serde(deserialize_with = "list")]
    #[schemars(with = "Vec<String>")]
    pub trusted_proxies: Vec<IpNet>,
    /// The largest body of a request, in bytes.
    #[serde(deserialize_with = "number")]
    pub body_limit: usize,
    /// How long the body of a request may take to come in.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub body_timeout: Duration,
    /// How long answering may take.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub request_timeout: Duration,
    /// How long requests in flight may take once the server is told to stop.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub shutdown_timeout: Duration,
}

/// Where everything is stored.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DatabaseConfig {
    /// `sqlite://FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`.
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub url: SecretString,
    /// How many connections are kept open.
    #[serde(deserialize_with = "number")]
    pub pool_size: u32,
    /// How many more are opened while those are busy.
    #[serde(deserialize_with = "number")]
    pub pool_overflow: u32,
    /// How long a request waits for a connection.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub acquire_timeout: Duration,
    /// How long to wait at the start for a database that does not answer yet.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub wait: Duration,
    /// Whether the server migrates the database when it starts.
    pub migrate: bool,
}

/// What processes share beside the database.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedisConfig {
    /// `redis://HOST:PORT`. Without it each process has a cache and counts requests for itself.
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub url: Option<SecretString>,
    /// Whether sessions are kept there, too. Who changes it logs everybody out.
    pub sessions: bool,
}

/// The first user. All three are set, or none: then nobody is added.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuperuserConfig {
    /// What the first super admin is called.
    pub username: Option<String>,
    /// Where mail reaches the first super admin.
    pub email: Option<String>,
    /// What the first super admin logs in with; at least 12 characters outside of `local`.
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub password: Option<SecretString>,
}

/// How long users stay logged in.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionConfig {
    /// What access tokens are signed with; at least 32 bytes.
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub signing_key: SecretString,
    /// Who access tokens say has made them.
    pub issuer: String,
    /// Whom access tokens say they are for.
    pub audience: String,
    /// How long an access token is good.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub access_lifetime: Duration,
    /// How long a session lasts that nobody uses.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub idle_lifetime: Duration,
    /// How long a session lasts at the most.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub absolute_lifetime: Duration,
    /// How long a token in a mail is good that resets a lost password.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub recovery_lifetime: Duration,
}

/// How passwords are hashed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordConfig {
    /// What is mixed into hashes and not stored; at least 32 bytes. Who changes it makes every
    /// password useless.
    #[schemars(with = "String", extend("writeOnly" = true))]
    pub pepper: SecretString,
    /// Memory for one hash, in KiB.
    #[serde(deserialize_with = "number")]
    pub memory_kib: NonZeroU32,
    /// How often a hash passes over its memory.
    #[serde(deserialize_with = "number")]
    pub passes: NonZeroU32,
    /// How many hashes are made at the same time.
    #[serde(deserialize_with = "number")]
    pub at_once: NonZeroUsize,
    /// How long a request waits for its turn.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub patience: Duration,
}

/// How many requests a client may make.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RateLimitConfig {
    /// How many requests a client may make within the window.
    #[serde(deserialize_with = "number")]
    pub requests: NonZeroU32,
    /// How many of them may try a password or token.
    #[serde(deserialize_with = "number")]
    pub login_requests: NonZeroU32,
    /// The window.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub window: Duration,
}

/// How mails are sent.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MailConfig {
    /// `smtp://USER:PASSWORD@HOST:PORT?tls=required`. Without it mails are written to the output.
    #[schemars(with = "Option<String>", extend("writeOnly" = true))]
    pub smtp_url: Option<SecretString>,
    /// Who sends them.
    pub from: String,
    /// What mails call the marketplace.
    pub site: String,
}

/// How jobs are run: mails, reports, and cleaning up.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JobsConfig {
    /// Whether the server runs jobs too, as `worker` does. Without it one has to be started.
    pub in_process: bool,
    /// How often a job is tried again after it has failed. Then it is dead.
    pub retries: u32,
    /// How long to wait before a job is tried again; each time after that it is twice as long.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub first_delay: Duration,
    /// How long to wait at the most before a job is tried again.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub longest_delay: Duration,
    /// How long a job may take. One that takes longer has failed.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub timeout: Duration,
    /// How often a worker that is free looks for something to do.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub poll_interval: Duration,
    /// How often a worker says that it is alive.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub heartbeat_interval: Duration,
    /// How often in a row a worker may miss that before others take over its jobs; at least 2.
    pub missed_heartbeats: NonZeroU32,
    /// How many jobs a worker does at the same time.
    pub concurrency: NonZeroUsize,
    /// How long jobs in hand may take once a worker is told to stop.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub shutdown_timeout: Duration,
    /// When to clean up, in UTC: second, minute, hour, day, month, weekday, as in `0 0 * * * *`.
    pub clean_up: String,
    /// How long jobs that are done are kept; at least ten minutes.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub keep_done: Duration,
    /// How long it is known which `Idempotency-Key` has placed which order.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub keep_idempotency_keys: Duration,
}

/// What is kept at hand.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CacheConfig {
    /// The most that a cache in memory holds, in bytes.
    #[serde(deserialize_with = "number")]
    pub capacity: u64,
    /// How long a product may be shown as it was when it was last read. What the service changes
    /// itself is seen at once, unless someone who was just reading puts the old copy back, or
    /// another process has one in its own memory.
    #[serde(deserialize_with = "duration")]
    #[schemars(with = "String")]
    pub product_lifetime: Duration,
}

/// What the log says.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// What is logged: a level, or levels by module, such as `info,sqlx=debug`.
    pub filter: String,
    /// How it is written: `text` for people, `json` for machines.
    #[schemars(with = "String")]
    pub format: LogFormat,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines: one JSON object a line.
    Json,
}

impl TryFrom<String> for LogFormat {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match name.as_str() {
            "text" => Ok(Self::Text),
            "json" => Ok(Self::Json),
            _ => Err(format!("`{name}` is neither `text` nor `json`")),
        }
    }
}

/// Whom traces are sent to.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TracesConfig {
    /// Where a collector takes OTLP over HTTP, such as `http://127.0.0.1:4318`. Without it there are
    /// no traces.
    pub endpoint: Option<String>,
    /// What the service is called in traces.
    pub service: String,
    /// The share of traces that are sent, from 0 to 1, of those that begin here. Whoever has begun
    /// one elsewhere has decided there.
    #[serde(deserialize_with = "number")]
    pub ratio: f64,
}
