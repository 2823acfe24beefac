//! When Redis goes away, and comes back.

use serde_json::{Value, json};

use super::services::Service;
use crate::client::{Answer, PASSWORD, Shop};
use crate::process::Server;
use crate::storage::Storage;

const ME: &str = "/api/v1/account/me";

async fn log_in(shop: &Shop) -> Answer {
    let body = json!({ "login": "alice", "password": PASSWORD });
    shop.guest().post("/api/v1/account/login", body).await
}

#[tokio::test]
async fn sessions_in_redis_are_away_with_it_and_nothing_else_is() {
    let mut redis = Service::redis();
    let storage = Storage::sqlite();
    let server = Server::start(
        &storage,
        &[("APP_REDIS__URL", redis.url()), ("APP_REDIS__SESSIONS", "true")],
    );
    let shop = Shop::at(&server);
    let guest = shop.guest();
    let alice = shop.user("alice").await;
    let body = json!({ "name": "Teapot", "description": "", "stock": 1,
        "price": { "amount": 100, "currency": "EUR" } });
    let product = alice.post("/api/v1/products", body).await.expect(201).id();
    let product = format!("/api/v1/products/{product}");
    guest.get(&product).await.expect(200);
    shop.until_ready().await;

    redis.stop();
    // Who is logged in is not told that they are not.
    assert_eq!(alice.get(ME).await.problem(503), "unavailable");
    assert_eq!(log_in(&shop).await.problem(503), "unavailable");
    let not_ready = guest.get("/readyz").await;
    assert_eq!(not_ready.problem(503), "unavailable");
    assert_eq!(not_ready.json()["errors"][0]["field"], "redis");
    guest.get("/livez").await.expect(200);
    // What needs no session is shown as ever, from the database and counted by the process.
    let shown = guest.get(&product).await.expect(200);
    assert_eq!(shown.header("ratelimit-limit"), "1000000");
    guest.get("/api/v1/products").await.expect(200);
    let body = json!({ "username": "bobby", "email": "bobby@example.com", "password": PASSWORD });
    guest.post("/api/v1/account/signup", body).await.expect(201);

    redis.start();
    shop.until_ready().await;
    // This Redis keeps nothing on its disk, and has forgotten who was logged in.
    assert_eq!(alice.get_until(ME, 401).await.problem(401), "unauthenticated");
    let alice = alice.with_token(&log_in(&shop).await.expect(200).text("access_token"));
    alice.get(ME).await.expect(200);
    alice.post("/api/v1/account/logout", Value::Null).await.expect(204);
    alice.get(ME).await.expect(401);
    server.stop();
}

#[tokio::test]
async fn sessions_in_the_database_do_not_need_redis() {
    let redis = Service::redis();
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[("APP_REDIS__URL", redis.url())]);
    let shop = Shop::at(&server);
    let alice = shop.user("alice").await;
    redis.stop();
    alice.get(ME).await.expect(200);
    shop.until_ready().await;
    server.stop();
}

#[tokio::test]
async fn sessions_in_redis_need_its_address() {
    let storage = Storage::sqlite();
    let settings = [("APP_REDIS__SESSIONS", "true")];
    let ended = crate::process::run_server(storage.folder(), &settings);
    assert_eq!(ended.status.code(), Some(2), "{}", ended.errors);
    assert!(ended.errors.contains("`redis.sessions` is wrong"), "{}", ended.errors);
}
