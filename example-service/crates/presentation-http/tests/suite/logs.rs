//! What the log says, and what it never says.

use std::cell::RefCell;
use std::io::Write;
use std::sync::Once;

use domain::accounts::Role;
use serde_json::json;

use crate::world::{Call, PASSWORD, World};

static BEGUN: Once = Once::new();

thread_local! {
    static LOG: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Writes to the log of its thread. Each test has a thread of its own; a subscriber for each
/// would not do, since what one of them does not listen to is switched off for all.
struct Log;

impl Log {
    fn begin() -> Self {
        BEGUN.call_once(|| {
            let log = tracing_subscriber::fmt()
                .with_max_level(tracing::Level::TRACE)
                .with_writer(|| Self)
                .json();
            log.init();
        });
        Self
    }

    fn text(&self) -> String {
        let Self = self;
        LOG.with_borrow(|bytes| String::from_utf8(bytes.clone()).expect("the log is text"))
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LOG.with_borrow_mut(|log| log.write(bytes))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_are_never_logged() {
    let log = Log::begin();
    let world = World::new();
    let (_, seeded) = world.user("alice", Role::User).await;
    let answer = world.log_in("alice").await;
    let (access, refresh) = (answer.field("access_token"), answer.field("refresh_token"));
    let login = "/api/v1/account/login";
    world.post("", login, json!({ "login": "alice", "password": "a wrong guess" })).await;
    world.post("", login, json!({ "login": "alice", "password": 20_261_128 })).await;
    world.post("", "/api/v1/account/refresh", json!({ "refresh_token": refresh })).await;
    let reset = json!({ "token": "a-recovery-token", "new_password": "battery staple" });
    world.post("", "/api/v1/account/recovery/reset", reset).await;
    world.get("a-forged-token", "/api/v1/account/me?token=in-the-query").await;
    let cookie = Call::new("GET", "/api/v1/account/me").header("cookie", "session=in-a-cookie");
    world.send(cookie.empty()).await;
    let text = log.text();
    assert!(text.matches("answered").count() >= 7, "{text}");
    assert!(text.contains("/api/v1/account/recovery/reset"), "{text}");
    let secrets = [
        PASSWORD,
        &format!("\"{seeded}\""),
        &format!("\"{access}\""),
        &refresh,
        "a wrong guess",
        "20261128",
        "a-recovery-token",
        "battery staple",
        "a-forged-token",
        "in-the-query",
        "in-a-cookie",
    ];
    for secret in secrets {
        assert!(!text.contains(secret), "`{secret}` is in the log");
    }
}

#[tokio::test]
async fn requests_are_logged_with_their_names_and_routes() {
    let log = Log::begin();
    let path = "/api/v1/products/00000000-0000-7000-8000-000000000000";
    let call = Call::new("GET", path).header("x-request-id", "check-7");
    World::new().send(call.empty()).await.problem(404);
    let text = log.text();
    let line = text.lines().find(|line| line.contains("answered")).expect("it is logged");
    let line: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
    assert_eq!(line["fields"]["status"], 404);
    assert_eq!(line["span"]["id"], "check-7");
    assert_eq!(line["span"]["method"], "GET");
    assert_eq!(line["span"]["route"], "/api/v1/products/{id}");
}
