//! What is particular about browsers: cookies, pages of other sites, headers.

use application::ports::SessionReadStore;
use domain::accounts::Role;
use serde_json::json;
use time::Duration;

use crate::world::{Answer, Call, Options, PASSWORD, World};

const ME: &str = "/api/v1/account/me";
const LOG_OUT: &str = "/api/v1/account/logout";

async fn with_cookie(world: &World, method: &str, path: &str, cookie: &str) -> Answer {
    world.send(Call::new(method, path).header("cookie", cookie).empty()).await
}

async fn log_out_from(world: &World, cookie: &str, headers: &[(&str, &str)]) -> Answer {
    let mut call = Call::new("POST", LOG_OUT).header("cookie", cookie);
    for (name, value) in headers {
        call = call.header(name, value);
    }
    world.send(call.empty()).await
}

#[tokio::test]
async fn cookies_log_in_and_cannot_be_read_by_scripts() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let answer = world.log_in("alice").await;
    let cookie = answer.header("set-cookie");
    for attribute in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=900"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
    let me = with_cookie(&world, "GET", ME, answer.cookie()).await;
    assert_eq!(me.field("username"), "alice");
}

#[tokio::test]
async fn secure_cookies_are_of_this_host_alone() {
    let mut options = Options::new();
    options.settings.is_secure = true;
    let world = World::with(options, |_| ());
    world.user("alice", Role::User).await;
    let answer = world.log_in("alice").await;
    assert!(answer.cookie().starts_with("__Host-session="), "{}", answer.cookie());
    assert!(answer.header("set-cookie").contains("Secure"));
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000; includeSubDomains");
    let plain = answer.cookie().replace("__Host-", "");
    assert_eq!(with_cookie(&world, "GET", ME, &plain).await.status, 401);
}

#[tokio::test]
async fn the_header_is_meant_when_both_are_sent() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let cookie = world.log_in("alice").await.cookie().to_owned();
    let call = Call::new("GET", ME).header("cookie", &cookie).bearer("nonsense");
    let answer = world.send(call.empty()).await;
    assert_eq!(answer.problem(401), "unauthenticated");
    assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
    let nobody = world.get("", ME).await;
    assert_eq!(nobody.header("www-authenticate"), "Bearer realm=\"marketplace\"");
}

#[tokio::test]
async fn pages_of_other_sites_cannot_act() {
    let world = World::new();
    world.user("alice", Role::User).await;
    for (headers, expected) in [
        (vec![("sec-fetch-site", "cross-site"), ("origin", "https://evil.example")], 403),
        (vec![("sec-fetch-site", "same-site"), ("origin", "https://evil.example.com")], 403),
        (vec![("origin", "https://evil.example")], 403),
        (vec![("origin", "null")], 403),
        (vec![("sec-fetch-site", "same-origin")], 204),
        (vec![("origin", "https://api.example.com")], 204),
        (vec![("sec-fetch-site", "cross-site"), ("origin", "https://shop.example.com")], 204),
        (vec![], 204),
    ] {
        let cookie = world.log_in("alice").await.cookie().to_owned();
        let answer = log_out_from(&world, &cookie, &headers).await;
        assert_eq!(answer.status, expected, "{headers:?}");
        if expected == 403 {
            assert_eq!(answer.problem(403), "cross-origin");
            assert_eq!(with_cookie(&world, "GET", ME, &cookie).await.status, 200);
        }
    }
}

#[tokio::test]
async fn pages_of_other_sites_cannot_log_anyone_in() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let body = json!({ "login": "alice", "password": PASSWORD });
    let call = Call::new("POST", "/api/v1/account/login").header("sec-fetch-site", "cross-site");
    let answer = world.send(call.json(&body)).await;
    assert_eq!(answer.problem(403), "cross-origin");
    assert_eq!(answer.header("set-cookie"), "");
}

#[tokio::test]
async fn logging_in_begins_another_session() {
    let world = World::new();
    world.user("alice", Role::User).await;
    world.user("mallory", Role::User).await;
    let planted = world.log_in("mallory").await.cookie().to_owned();
    let body = json!({ "login": "alice", "password": PASSWORD });
    for cookie in [planted.as_str(), "session=chosen-by-mallory"] {
        let call = Call::new("POST", "/api/v1/account/login").header("cookie", cookie);
        let answer = world.send(call.json(&body)).await;
        assert_ne!(answer.cookie(), cookie);
        let me = with_cookie(&world, "GET", ME, answer.cookie()).await;
        assert_eq!(me.field("username"), "alice");
    }
    let me = with_cookie(&world, "GET", ME, &planted).await;
    assert_eq!(me.field("username"), "mallory");
    assert_eq!(with_cookie(&world, "GET", ME, "session=chosen-by-mallory").await.status, 401);
}

#[tokio::test]
async fn who_is_active_stays_logged_in() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let answer = world.log_in("alice").await;
    let first = answer.cookie().to_owned();
    let token = answer.field("access_token");
    assert_eq!(with_cookie(&world, "GET", ME, &first).await.header("set-cookie"), "");
    world.parts.clock.advance(Duration::minutes(8));
    let second = with_cookie(&world, "GET", ME, &first).await.cookie().to_owned();
    assert!(second.starts_with("session=") && second != first, "{second}");
    assert_eq!(world.get(&token, ME).await.header("set-cookie"), "", "programs refresh");
    world.parts.clock.advance(Duration::minutes(8));
    assert_eq!(with_cookie(&world, "GET", ME, &first).await.status, 401);
    assert_eq!(with_cookie(&world, "GET", ME, &second).await.status, 200);
}

#[tokio::test]
async fn logging_out_removes_the_cookie_and_ends_the_session() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let cookie = world.log_in("alice").await.cookie().to_owned();
    // Late enough for a renewal, which must not bring the cookie back.
    world.parts.clock.advance(Duration::minutes(8));
    let answer = with_cookie(&world, "POST", LOG_OUT, &cookie).await;
    let set: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(set.len(), 1, "{set:?}");
    assert_eq!(answer.cookie(), "session=");
    assert!(answer.header("set-cookie").contains("Max-Age=0"));
    assert_eq!(with_cookie(&world, "GET", ME, &cookie).await.status, 401);
}

#[tokio::test]
async fn allowed_pages_may_read_and_others_not() {
    let world = World::new();
    for (origin, expected) in
        [("https://shop.example.com", "https://shop.example.com"), ("https://evil.example", "")]
    {
        let call = Call::new("OPTIONS", ME)
            .header("origin", origin)
            .header("access-control-request-method", "PATCH")
            .header("access-control-request-headers", "content-type");
        let answer = world.send(call.empty()).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("access-control-allow-origin"), expected);
        assert_eq!(answer.header("access-control-allow-credentials"), "true");
    }
}

#[tokio::test]
async fn every_answer_tells_browsers_to_be_careful() {
    let world = World::new();
    for path in ["/api/v1/products", "/nothing", "/livez"] {
        let answer = world.get("", path).await;
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("x-frame-options"), "DENY");
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
        assert_eq!(answer.header("strict-transport-security"), "");
    }
}

#[tokio::test]
async fn requests_have_names() {
    let world = World::new();
    let named = Call::new("GET", "/livez").header("x-request-id", "check-7");
    assert_eq!(world.send(named.empty()).await.header("x-request-id"), "check-7");
    let one = world.get("", "/livez").await.header("x-request-id").to_owned();
    let two = world.get("", "/nothing").await.header("x-request-id").to_owned();
    assert!(one.len() == 36 && two.len() == 36 && one != two, "{one} {two}");
    let forged = Call::new("GET", "/livez").header("x-request-id", "a{\"level\":\"ERROR\"}");
    assert_eq!(world.send(forged.empty()).await.header("x-request-id").len(), 36);
}

#[tokio::test]
async fn the_page_about_the_api_loads_nothing_from_elsewhere() {
    let world = World::new();
    let page = world.get("", "/docs").await;
    assert_eq!(page.status, 200);
    assert!(!page.text.contains("https://"), "{}", page.text);
    let policy = page.header("content-security-policy");
    assert!(policy.contains("script-src 'self';") && policy.contains("connect-src 'self';"));
    let script = world.get("", "/docs/scalar.js").await;
    assert!(script.text.len() > 1_000_000, "{} bytes", script.text.len());
    assert!(script.header("content-type").starts_with("text/javascript"));
    let mut options = Options::new();
    options.settings.has_docs = false;
    options.settings.has_mail_preview = false;
    let closed = World::with(options, |_| ());
    for path in ["/docs", "/docs/scalar.js"] {
        closed.get("", path).await.problem(404);
    }
    closed.post("", "/api/v1/admin/mail/preview", json!({})).await.problem(404);
    assert_eq!(closed.get("", "/openapi.json").await.status, 200);
}

#[tokio::test]
async fn refresh_tokens_are_good_once() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let first = world.log_in("alice").await.field("refresh_token");
    let refresh = async |token: &str| {
        world.post("", "/api/v1/account/refresh", json!({ "refresh_token": token })).await
    };
    let second = refresh(&first).await;
    let access = second.field("access_token");
    assert_eq!(world.get(&access, ME).await.status, 200);
    assert_eq!(refresh(&first).await.problem(401), "invalid-credentials");
    assert_eq!(world.get(&access, ME).await.status, 401, "the family is revoked");
    refresh(&second.field("refresh_token")).await.problem(401);
}

#[tokio::test]
async fn sessions_end_one_by_one() {
    let world = World::new();
    let (user, token) = world.user("alice", Role::User).await;
    let other = world.log_in("alice").await.field("access_token");
    let sessions = world.get(&other, "/api/v1/account/sessions").await.json();
    let items = sessions["items"].as_array().expect("there are sessions");
    let current: Vec<_> = items.iter().filter(|item| item["is_current"] == true).collect();
    assert_eq!((items.len(), current.len()), (2, 1));
    let id = current[0]["id"].as_str().expect("it has an id");
    world.act(&token, "DELETE", &format!("/api/v1/account/sessions/{id}"), 204).await;
    assert_eq!(world.get(&other, ME).await.status, 401);
    let now = world.parts.stamps.now();
    let left = world.parts.store.list(user, now).await.expect("sessions can be read");
    assert_eq!(left.len(), 1);
}
