//! What only a whole process can show of its security.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use application::ports::{PasswordHasher, Unavailable};
use async_trait::async_trait;
use axum::body::Body;
use axum::http::Request;
use bootstrap::composition_root::{ApplicationScope, Database};
use bootstrap::config::{Config, Environment};
use domain::accounts::{Password, PasswordHash};
use domain::shared::SecretText;
use http_body_util::BodyExt;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

use crate::client::{PASSWORD, Shop};
use crate::process::{QUICK, Server};
use crate::storage::Storage;

/// Counts how often passwords are verified, and how often that is only pretended.
struct Counting {
    hasher: Arc<dyn PasswordHasher>,
    real: AtomicUsize,
    pretended: AtomicUsize,
}

#[async_trait]
impl PasswordHasher for Counting {
    async fn hash(&self, password: &Password) -> Result<PasswordHash, Unavailable> {
        self.hasher.hash(password).await
    }

    async fn verify(
        &self,
        password: &SecretText,
        hash: &PasswordHash,
    ) -> Result<bool, Unavailable> {
        self.real.fetch_add(1, Ordering::SeqCst);
        self.hasher.verify(password, hash).await
    }

    async fn verify_dummy(&self, password: &SecretText) -> Result<(), Unavailable> {
        self.pretended.fetch_add(1, Ordering::SeqCst);
        self.hasher.verify_dummy(password).await
    }

    fn needs_rehash(&self, hash: &PasswordHash) -> bool {
        self.hasher.needs_rehash(hash)
    }
}

/// Time is not measured, since a machine that does much else would make a test of it that
/// sometimes fails: what is shown is that the same work is done, and the same is said.
#[tokio::test]
async fn nobody_learns_who_has_an_account() {
    let storage = Storage::sqlite();
    let url = storage.url();
    let mut settings = QUICK.to_vec();
    settings.push(("APP_DATABASE__URL", &url));
    let config = Config::load(&Environment::of(settings)).expect("the settings are right");
    let database = Database::open(&config).await.expect("it can be opened");
    database.migrate(None).await.expect("it can be migrated");
    let mut scope = ApplicationScope::new(&config, &database).expect("everything can be made");
    let hasher = scope.hasher.clone();
    let (real, pretended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let counting = Arc::new(Counting { hasher, real, pretended });
    scope.hasher = counting.clone();
    let state = scope.http_state(&config).expect("the settings are right");
    let router = presentation_http::router(state).expect("the settings are right");
    let post = async |path: &str, body: Value| {
        let request = Request::post(format!("/api/v1/account/{path}"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        let request = request.expect("it is a request");
        let answer = router.clone().oneshot(request).await.expect("a router never fails");
        let mut names: Vec<_> = answer.headers().keys().map(ToString::to_string).collect();
        names.sort();
        let (status, body) = (answer.status(), answer.into_body());
        let body = body.collect().await.expect("there is a body").to_bytes();
        (status.as_u16(), names, String::from_utf8(body.to_vec()).expect("it is text"))
    };
    let account =
        json!({ "username": "alice", "email": "alice@example.com", "password": PASSWORD });
    assert_eq!(post("signup", account).await.0, 201);
    let log_in = async |login: &str| {
        let before =
            (counting.real.load(Ordering::SeqCst), counting.pretended.load(Ordering::SeqCst));
        let answer = post("login", json!({ "login": login, "password": "a wrong guess" })).await;
        let real = counting.real.load(Ordering::SeqCst) - before.0;
        (real, counting.pretended.load(Ordering::SeqCst) - before.1, answer)
    };
    let known = log_in("alice").await;
    assert_eq!((known.0, known.1, known.2.0), (1, 0, 401));
    for unknown in ["nobody", "nobody@example.com", "no name at all!", "@", ""] {
        let (real, pretended, answer) = log_in(unknown).await;
        assert_eq!((real, pretended), (0, 1), "the work is the same for `{unknown}`");
        assert_eq!(answer, known.2, "{unknown}");
    }
    let recover = async |email: &str| post("recovery", json!({ "email": email })).await;
    let (known, unknown) =
        (recover("alice@example.com").await, recover("nobody@example.com").await);
    assert_eq!(known, unknown);
    assert_eq!(known.0, 202);
    database.close().await;
}

#[tokio::test]
async fn browsers_are_guarded() {
    let storage = Storage::sqlite();
    let settings = [("APP_HTTP__ALLOWED_ORIGINS", "https://shop.example.com")];
    let server = Server::start(&storage, &settings);
    let shop = Shop::at(&server);
    let (guest, mallory) = (shop.guest(), shop.user("mallory").await);
    shop.user("alice").await;
    let login = json!({ "login": "alice", "password": PASSWORD });
    let path = "/api/v1/account/login";

    // Whatever session a browser was given before, logging in begins another.
    let planted = json!({ "login": "mallory", "password": PASSWORD });
    let planted = guest.post(path, planted).await.expect(200).cookie();
    let call = guest.call(Method::POST, path).header("cookie", &planted);
    let answer = call.send(login.clone()).await.expect(200);
    let own = answer.cookie();
    assert_ne!(own, planted);
    let set = answer.header("set-cookie");
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict"), "{set}");
    let who = async |cookie: &str| {
        let call = guest.call(Method::GET, "/api/v1/account/me").header("cookie", cookie);
        call.send(Value::Null).await
    };
    assert_eq!(who(&own).await.expect(200).text("username"), "alice");
    assert_eq!(who(&planted).await.expect(200).text("username"), "mallory");
    assert_eq!(who("session=chosen-by-mallory").await.problem(401), "unauthenticated");

    // Pages of other sites can neither act for whoever visits them nor log them in.
    for (origin, site, status) in [
        ("https://evil.example", "cross-site", 403),
        ("https://evil.example", "", 403),
        ("null", "", 403),
        ("https://shop.example.com", "cross-site", 204),
    ] {
        let cookie = guest.post(path, login.clone()).await.expect(200).cookie();
        let mut call = guest.call(Method::POST, "/api/v1/account/logout").header("cookie", &cookie);
        let mut another = guest.call(Method::POST, path).header("origin", origin);
        call = call.header("origin", origin);
        if !site.is_empty() {
            call = call.header("sec-fetch-site", site);
            another = another.header("sec-fetch-site", site);
        }
        let answer = call.send(Value::Null).await.expect(status);
        let logged_in = another.send(login.clone()).await;
        if status == 403 {
            assert_eq!(answer.problem(403), "cross-origin");
            assert_eq!(logged_in.problem(403), "cross-origin");
            assert_eq!(logged_in.cookie(), "");
            who(&cookie).await.expect(200);
        } else {
            assert_eq!(answer.header("access-control-allow-origin"), origin);
        }
    }
    mallory.get("/api/v1/account/me").await.expect(200);
    server.stop();
}

#[tokio::test]
async fn bodies_that_are_too_large_are_not_read() {
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[("APP_HTTP__BODY_LIMIT", "1000")]);
    let guest = Shop::at(&server).guest();
    let long = json!({ "login": "x".repeat(2000), "password": "a wrong guess" });
    let answer = guest.post("/api/v1/account/login", long).await;
    assert_eq!(answer.problem(413), "too-large");
    // One that does not say how long it is, is read up to the limit and no further.
    let mut stream = TcpStream::connect(server.address()).await.expect("it can be reached");
    let head = "POST /api/v1/account/login HTTP/1.1\r\nhost: shop\r\n\
                content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.expect("it listens");
    let chunk = format!("1f4\r\n{}\r\n", " ".repeat(500));
    for _ in 0..3 {
        stream.write_all(chunk.as_bytes()).await.expect("it listens");
    }
    let mut answer = vec![0; 12];
    stream.read_exact(&mut answer).await.expect("it answers before the body ends");
    assert_eq!(answer, b"HTTP/1.1 413");
    server.stop();
}

#[tokio::test]
async fn connections_that_say_nothing_are_ended() {
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[]);
    let mut stream = TcpStream::connect(server.address()).await.expect("it can be reached");
    stream.write_all(b"GET / HTTP/1.1\r\n").await.expect("it listens");
    let begun = Instant::now();
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    let ended = tokio::time::timeout(Duration::from_secs(40), read).await;
    assert!(ended.is_ok(), "the connection is kept");
    assert!(begun.elapsed() > Duration::from_secs(5), "it was not waited for");
    server.stop();
}

#[tokio::test]
async fn guessing_is_limited_by_what_is_set() {
    let storage = Storage::sqlite();
    let limits = [("APP_RATE_LIMIT__REQUESTS", "20"), ("APP_RATE_LIMIT__LOGIN_REQUESTS", "3")];
    let server = Server::start(&storage, &limits);
    let guest = Shop::at(&server).guest();
    let wrong = json!({ "login": "superuser", "password": "a wrong guess" });
    for _ in 0..3 {
        guest.post("/api/v1/account/login", wrong.clone()).await.expect(401);
    }
    let refused = guest.post("/api/v1/account/login", wrong).await;
    assert_eq!(refused.problem(429), "rate-limited");
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(refused.header("ratelimit-policy"), "3;w=60");
    let usual = guest.get("/api/v1/products").await.expect(200);
    assert_eq!(usual.header("ratelimit-limit"), "20");
    server.stop();
}
