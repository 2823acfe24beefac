//! A marketplace for one test, and clients of it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use application::common::Stamps;
use application::ports::{
    AccessClaims, AccountsUnitOfWorkFactory, JobDispatcher, JobFailure, JobHandler, JobReadStore,
    JobRunner, QueuedJob, Quota, RateLimiter, Readiness, TokenIssuer,
};
use async_trait::async_trait;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Request, StatusCode};
use domain::accounts::{Role, UserId};
use http_body_util::BodyExt;
use persistence_memory::{MemoryJobs, MemoryStore};
use presentation_http::{HttpSettings, HttpState, MeasurementPage, RateLimits, UseCases, router};
use serde_json::Value;
use testkit::builders::{START, SessionBuilder, UserBuilder};
use testkit::fakes::{
    CountingRateLimiter, FakeAccessTokens, FakePasswordHasher, FixedClock, MapCache,
    NumberedTokens, PlainMailRenderer, SequentialIds,
};
use tower::ServiceExt;

use crate::use_cases::use_cases;

/// The password of everyone.
pub(crate) const PASSWORD: &str = "correct horse";

/// From where everyone comes who says nothing else.
const CLIENT: &str = "203.0.113.1";

/// Does no job.
pub(crate) struct OutOfOrder;

#[async_trait]
impl JobHandler for OutOfOrder {
    async fn handle(&self, job: &QueuedJob) -> Result<(), JobFailure> {
        Err(JobFailure(format!("no {}", job.argument)))
    }
}

/// What use cases are made of.
pub(crate) struct Parts {
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) jobs: Arc<MemoryJobs>,
    pub(crate) stamps: Stamps,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) hasher: Arc<FakePasswordHasher>,
    pub(crate) opaque_tokens: Arc<NumberedTokens>,
    pub(crate) signed: Arc<FakeAccessTokens>,
    pub(crate) renderer: Arc<PlainMailRenderer>,
    pub(crate) cache: Arc<MapCache>,
}

pub(crate) struct World {
    pub(crate) parts: Parts,
    router: Router,
}

/// What a world is built with.
pub(crate) struct Options {
    pub(crate) settings: HttpSettings,
    pub(crate) limiter: Arc<dyn RateLimiter>,
    pub(crate) readiness: Vec<Arc<dyn Readiness>>,
    pub(crate) measurements: Option<MeasurementPage>,
}

fn per_minute(requests: u32) -> Quota {
    Quota::try_new(requests, Duration::from_mins(1)).expect("it is a quota")
}

impl Options {
    pub(crate) fn new() -> Self {
        let rate_limits = RateLimits { usual: per_minute(100_000), login: per_minute(100_000) };
        let settings = HttpSettings {
            is_secure: false,
            has_docs: true,
            has_mail_preview: true,
            allowed_origins: vec!["https://shop.example.com".to_owned()],
            trusted_proxies: Vec::new(),
            body_limit: 4096,
            body_timeout: Duration::from_millis(200),
            request_timeout: Duration::from_secs(5),
            rate_limits,
        };
        let limiter = Arc::new(CountingRateLimiter::default());
        let measurements: Option<MeasurementPage> = Some(Arc::new(|| "all is well".to_owned()));
        Self { settings, limiter, readiness: Vec::new(), measurements }
    }

    pub(crate) fn limits(mut self, usual: u32, login: u32) -> Self {
        self.settings.rate_limits =
            RateLimits { usual: per_minute(usual), login: per_minute(login) };
        self
    }
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(Options::new(), |_| ())
    }

    /// A world in which some use cases are others.
    pub(crate) fn with(options: Options, change: impl FnOnce(&mut UseCases)) -> Self {
        let clock = Arc::new(FixedClock::new());
        let parts = Parts {
            store: Arc::new(MemoryStore::new()),
            jobs: Arc::new(MemoryJobs::new(clock.clone(), 1)),
            stamps: Stamps::new(clock.clone(), Arc::new(SequentialIds::new())),
            clock,
            hasher: Arc::new(FakePasswordHasher::default()),
            opaque_tokens: Arc::new(NumberedTokens::default()),
            signed: Arc::new(FakeAccessTokens::default()),
            renderer: Arc::new(PlainMailRenderer),
            cache: Arc::new(MapCache::default()),
        };
        let mut use_cases = use_cases(&parts);
        change(&mut use_cases);
        let Options { settings, limiter, readiness, measurements } = options;
        let mut state = HttpState::new(use_cases, limiter, readiness, settings);
        if let Some(page) = measurements {
            state = state.with_measurements(page);
        }
        Self { parts, router: router(state).expect("the settings are right") }
    }

    /// A user with the password of everyone, and a token of a session.
    pub(crate) async fn user(&self, username: &str, role: Role) -> (UserId, String) {
        let email = format!("{username}@example.com");
        let hash = FakePasswordHasher::hash_of(PASSWORD);
        let user = UserBuilder::new().username(username).email(&email).role(role);
        let user = user.password_hash(&hash).build();
        let session = SessionBuilder::new(user.id()).build();
        let store = &*self.parts.store;
        let mut work = AccountsUnitOfWorkFactory::begin(store).await.expect("it begins");
        work.users().add(&user).await.expect("a user can be added");
        work.sessions().add(&session).await.expect("a session can be added");
        work.commit().await.expect("a user can be kept");
        let claims = AccessClaims {
            user: user.id(),
            session: session.id(),
            role,
            issued_at: START,
            expires_at: START + SessionBuilder::POLICY.access_lifetime,
        };
        let token = self.parts.signed.issue(&claims).expect("it is issued");
        (user.id(), token.expose().to_owned())
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        let peer = request.extensions().get::<Peer>().map_or(CLIENT, |peer| peer.0);
        let peer: SocketAddr = format!("{peer}:4711").parse().expect("it is an address");
        request.extensions_mut().insert(ConnectInfo(peer));
        let sent = self.router.clone().oneshot(request).await;
        let (head, body) = sent.expect("a router never fails").into_parts();
        let body = body.collect().await.expect("the answer has a body").to_bytes();
        let text = String::from_utf8(body.to_vec()).expect("the answer is text");
        Answer { status: head.status, headers: head.headers, text }
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Answer {
        self.send(Call::new("GET", path).bearer(token).empty()).await
    }

    pub(crate) async fn post(&self, token: &str, path: &str, body: Value) -> Answer {
        self.send(Call::new("POST", path).bearer(token).json(&body)).await
    }

    /// A job to make tea that has failed too often.
    pub(crate) async fn dead_job(&self, tea: &str) -> String {
        let (id, jobs) = (self.parts.stamps.next_job(), self.parts.jobs.clone());
        let job = QueuedJob { id, kind: "make_tea".to_owned(), argument: tea.to_owned() };
        jobs.dispatch(&job).await.expect("a job can be dispatched");
        let queue = jobs.clone();
        let is_dead = Box::pin(async move {
            while queue.dead(None, 1).await.expect("dead jobs can be read").is_empty() {
                tokio::task::yield_now().await;
            }
        });
        jobs.run(Arc::new(OutOfOrder), is_dead).await.expect("jobs can be run");
        id.to_string()
    }

    /// Sends a request without a body; the answer must be the expected one.
    pub(crate) async fn act(&self, token: &str, method: &str, path: &str, status: u16) -> Answer {
        let answer = self.send(Call::new(method, path).bearer(token).empty()).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.text);
        answer
    }

    /// Logs in with the password of everyone.
    pub(crate) async fn log_in(&self, login: &str) -> Answer {
        let body = serde_json::json!({ "login": login, "password": PASSWORD });
        let call = Call::new("POST", "/api/v1/account/login").json(&body);
        let answer = self.send(call).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer
    }
}

#[derive(Clone, Copy)]
struct Peer(&'static str);

/// A request that is being written.
pub(crate) struct Call(axum::http::request::Builder);

impl Call {
    pub(crate) fn new(method: &str, path: &str) -> Self {
        Self(Request::builder().method(method).uri(path).header("host", "api.example.com"))
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value))
    }

    /// Shows a token, unless it is empty.
    pub(crate) fn bearer(self, token: &str) -> Self {
        if token.is_empty() {
            return self;
        }
        Self(self.0.header(AUTHORIZATION, format!("Bearer {token}")))
    }

    pub(crate) fn coming_from(self, peer: &'static str) -> Self {
        Self(self.0.extension(Peer(peer)))
    }

    pub(crate) fn body(self, content_type: &str, body: impl Into<Body>) -> Request<Body> {
        let call = self.0.header(CONTENT_TYPE, content_type);
        call.body(body.into()).expect("the request is one")
    }

    pub(crate) fn json(self, body: &Value) -> Request<Body> {
        self.body("application/json", body.to_string())
    }

    pub(crate) fn empty(self) -> Request<Body> {
        self.0.body(Body::empty()).expect("the request is one")
    }
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    /// A text in the body.
    pub(crate) fn field(&self, name: &str) -> String {
        let value = self.json()[name].as_str().map(str::to_owned);
        value.unwrap_or_else(|| panic!("no `{name}`: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("it is text"))
    }

    /// Asserts that this is a problem, and gives the last part of its type.
    pub(crate) fn problem(&self, status: u16) -> String {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        let problem = self.json();
        assert_eq!(problem["status"], status);
        for member in ["title", "detail", "instance"] {
            let text = problem[member].as_str().unwrap_or_default();
            assert!(!text.is_empty(), "no {member}: {}", self.text);
        }
        let kind = self.field("type");
        kind.strip_prefix("urn:marketplace:problem:").expect("it is of ours").to_owned()
    }

    /// The cookie that is set, without its attributes.
    pub(crate) fn cookie(&self) -> &str {
        self.header("set-cookie").split(';').next().unwrap_or_default()
    }
}
