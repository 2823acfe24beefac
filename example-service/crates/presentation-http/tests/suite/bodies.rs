//! What is wrong with requests, and how it is told.

use axum::body::{Body, Bytes};
use domain::accounts::Role;
use futures_util::stream;
use serde_json::{Value, json};

use crate::world::{Answer, Call, World};

const PRODUCTS: &str = "/api/v1/products";
const SIGN_UP: &str = "/api/v1/account/signup";

/// The fields that a 422 complains about.
fn fields(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.problem(422), "invalid");
    let errors = answer.json()["errors"].as_array().expect("there are errors").clone();
    let field = |error: Value| {
        assert!(error["message"].as_str().is_some_and(|message| !message.is_empty()));
        error["field"].as_str().expect("it has a name").to_owned()
    };
    errors.into_iter().map(field).collect()
}

#[tokio::test]
async fn all_invalid_values_are_told_at_once() {
    let body = json!({ "username": "al", "email": "nobody", "password": "short" });
    let answer = World::new().post("", SIGN_UP, body).await;
    assert_eq!(fields(&answer), ["email", "password", "username"]);
    assert!(answer.text.contains("a username has 5 to 20 characters"), "{}", answer.text);
    assert_eq!(answer.field("instance"), SIGN_UP);
}

#[tokio::test]
async fn values_of_other_types_are_told_by_their_path() {
    let world = World::new();
    let (_, token) = world.user("alice", Role::User).await;
    let lines = json!({ "lines": [{ "product_id": "no id", "quantity": 1 }] });
    let answer = world.post(&token, "/api/v1/orders", lines).await;
    assert_eq!(fields(&answer), ["lines[0].product_id"]);
    let none = world.post(&token, "/api/v1/orders", json!({ "lines": [] })).await;
    assert_eq!(fields(&none), ["lines"]);
    let id = "00000000-0000-7000-8000-000000000000";
    let zero = json!({ "lines": [{ "product_id": id, "quantity": 0 }] });
    let answer = world.post(&token, "/api/v1/orders", zero).await;
    assert_eq!(fields(&answer), ["lines[0].quantity"]);
    let price = json!({ "name": "Tea", "description": "", "stock": 1,
        "price": { "amount": -1, "currency": "EUR" } });
    assert_eq!(fields(&world.post(&token, PRODUCTS, price).await), ["price.amount"]);
    let currency = json!({ "name": "Tea", "description": "", "stock": 1,
        "price": { "amount": 1, "currency": "ZZZ" } });
    assert_eq!(fields(&world.post(&token, PRODUCTS, currency).await), ["price.currency"]);
}

#[tokio::test]
async fn missing_and_unknown_fields_are_told() {
    let world = World::new();
    let missing = json!({ "username": "alice", "email": "alice@example.com" });
    let answer = world.post("", SIGN_UP, missing).await;
    assert_eq!(fields(&answer), ["password"]);
    let unknown = json!({ "login": "alice", "password": "secret", "remember": true });
    let answer = world.post("", "/api/v1/account/login", unknown).await;
    assert_eq!(fields(&answer), ["remember"]);
}

#[tokio::test]
async fn parameters_are_checked() {
    let world = World::new();
    let (_, token) = world.user("carol", Role::Admin).await;
    for (path, field) in [
        ("/api/v1/products?limit=0", "limit"),
        ("/api/v1/products?limit=101", "limit"),
        ("/api/v1/products?limit=many", "limit"),
        ("/api/v1/products?cursor=here", "cursor"),
        ("/api/v1/products?search=%00", "search"),
        ("/api/v1/users?sort=password", "sort"),
        ("/api/v1/users?active=maybe", "active"),
        ("/api/v1/users?offset=-1", "offset"),
        ("/api/v1/users/7", "id"),
    ] {
        assert_eq!(fields(&world.get(&token, path).await), [field], "{path}");
    }
    let key = Call::new("POST", "/api/v1/orders").bearer(&token).header("idempotency-key", "a b");
    assert_eq!(fields(&world.send(key.json(&json!({ "lines": [] }))).await), ["Idempotency-Key"]);
}

#[tokio::test]
async fn what_is_no_json_is_malformed() {
    let world = World::new();
    for body in ["", "{", "{\"login\": \"a\",}", "{\"login\":\"a\",\"password\":\"b\"} more"] {
        let call = Call::new("POST", "/api/v1/account/login").body("application/json", body);
        assert_eq!(world.send(call).await.problem(400), "malformed", "{body}");
    }
}

#[tokio::test]
async fn bodies_of_other_types_are_refused() {
    let world = World::new();
    for other in ["text/plain", "application/x-www-form-urlencoded", "nonsense"] {
        let call = Call::new("POST", SIGN_UP).body(other, "{}");
        assert_eq!(world.send(call).await.problem(415), "unsupported-media-type", "{other}");
    }
    let call = Call::new("POST", "/api/v1/token").body("application/json", "{}");
    assert_eq!(world.send(call).await.problem(415), "unsupported-media-type");
    let json = Call::new("POST", SIGN_UP).body("application/json; charset=utf-8", "{}");
    world.send(json).await.problem(422);
}

#[tokio::test]
async fn large_bodies_are_refused() {
    let world = World::new();
    let large = "x".repeat(5000);
    let told = Call::new("POST", SIGN_UP).header("content-length", "5000");
    let told = told.body("application/json", large.clone());
    assert_eq!(world.send(told).await.problem(413), "too-large");
    let parts = large.into_bytes().chunks(1000).map(Bytes::copy_from_slice).collect::<Vec<_>>();
    let untold = Body::from_stream(stream::iter(parts.into_iter().map(Ok::<_, std::io::Error>)));
    let untold = Call::new("POST", SIGN_UP).body("application/json", untold);
    assert_eq!(world.send(untold).await.problem(413), "too-large");
}

#[tokio::test]
async fn slow_bodies_are_refused() {
    let never = Body::from_stream(stream::pending::<Result<Bytes, std::io::Error>>());
    let call = Call::new("POST", SIGN_UP).body("application/json", never);
    assert_eq!(World::new().send(call).await.problem(408), "request-timeout");
}

#[tokio::test]
async fn what_is_not_there_is_told() {
    let world = World::new();
    for path in ["/", "/nothing", "/api/v1/nothing", "/api/v2/products"] {
        assert_eq!(world.get("", path).await.problem(404), "not-found", "{path}");
    }
    let answer = world.send(Call::new("PUT", SIGN_UP).empty()).await;
    assert_eq!(answer.problem(405), "method-not-allowed");
    assert!(answer.header("allow").contains("POST"), "{:?}", answer.headers);
    // Where only users act, who is none learns no more than that.
    let put = || Call::new("PUT", "/api/v1/orders");
    world.send(put().empty()).await.problem(401);
    let (_, token) = world.user("alice", Role::User).await;
    world.send(put().bearer(&token).empty()).await.problem(405);
}
