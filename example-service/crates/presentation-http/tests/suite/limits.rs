//! How many requests a client may make.

use serde_json::json;

use crate::world::{Answer, Call, Options, World};

const PRODUCTS: &str = "/api/v1/products";

async fn ask_from(world: &World, peer: &'static str, forwarded: Option<&str>) -> Answer {
    let mut call = Call::new("GET", PRODUCTS).coming_from(peer);
    if let Some(forwarded) = forwarded {
        call = call.header("x-forwarded-for", forwarded);
    }
    world.send(call.empty()).await
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let world = World::with(Options::new().limits(3, 100), |_| ());
    for remaining in ["2", "1", "0"] {
        let answer = ask_from(&world, "203.0.113.1", None).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("ratelimit-limit"), "3");
        assert_eq!(answer.header("ratelimit-remaining"), remaining);
        assert_eq!(answer.header("ratelimit-policy"), "3;w=60");
        assert_eq!(answer.header("retry-after"), "");
    }
    let answer = ask_from(&world, "203.0.113.1", None).await;
    assert_eq!(answer.problem(429), "rate-limited");
    let wait: u64 = answer.header("retry-after").parse().expect("it is a number");
    assert!((1..=60).contains(&wait), "{wait}");
    assert_eq!(answer.header("ratelimit-remaining"), "0");
    assert!(!answer.header("ratelimit-reset").is_empty());
    assert_eq!(ask_from(&world, "203.0.113.2", None).await.status, 200, "others may go on");
    assert_eq!(world.get("", "/livez").await.status, 200, "health is not counted");
    assert_eq!(world.get("", "/api/v1/nothing").await.status, 429, "what is not there is");
}

#[tokio::test]
async fn clients_cannot_say_that_they_are_others() {
    let world = World::with(Options::new().limits(1, 100), |_| ());
    assert_eq!(ask_from(&world, "203.0.113.1", Some("198.51.100.1")).await.status, 200);
    assert_eq!(ask_from(&world, "203.0.113.1", Some("198.51.100.2")).await.status, 429);
}

#[tokio::test]
async fn proxies_are_believed_about_what_they_know() {
    let mut options = Options::new().limits(1, 100);
    options.settings.trusted_proxies = vec!["10.0.0.0/8".parse().expect("it is a network")];
    let world = World::with(options, |_| ());
    assert_eq!(ask_from(&world, "10.0.0.1", Some("198.51.100.1")).await.status, 200);
    assert_eq!(ask_from(&world, "10.0.0.1", Some("198.51.100.2")).await.status, 200);
    assert_eq!(ask_from(&world, "10.0.0.1", Some("198.51.100.1")).await.status, 429);
    assert_eq!(ask_from(&world, "10.0.0.1", Some("8.8.8.8, 198.51.100.1")).await.status, 429);
}

#[tokio::test]
async fn passwords_and_tokens_are_tried_less_often() {
    let world = World::with(Options::new().limits(100, 2), |_| ());
    let login = json!({ "login": "alice", "password": "guess" });
    let reset = json!({ "token": "guess", "new_password": "battery staple" });
    let first = world.post("", "/api/v1/account/login", login.clone()).await;
    assert_eq!(first.problem(401), "invalid-credentials");
    assert_eq!(first.header("ratelimit-limit"), "2");
    world.post("", "/api/v1/account/recovery/reset", reset).await.problem(422);
    world.post("", "/api/v1/account/login", login).await.problem(429);
    let form = "username=alice&password=guess";
    let token = Call::new("POST", "/api/v1/token").body("application/x-www-form-urlencoded", form);
    world.send(token).await.problem(429);
    assert_eq!(world.get("", PRODUCTS).await.status, 200);
}
