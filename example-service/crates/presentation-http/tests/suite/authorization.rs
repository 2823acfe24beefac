//! Who may do what: every route of the API, for every kind of actor.

use std::collections::BTreeSet;

use application::ports::{ReportFiles, ReportsUnitOfWorkFactory};
use axum::body::Body;
use axum::http::Request;
use domain::accounts::Role;
use domain::reports::ReportId;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::{Call, PASSWORD, World};

/// What is sent.
enum Sent {
    Nothing,
    Json(Value),
    Form(&'static str),
}

/// Who sends it. The user owns what the route is about; the other user does not.
const ACTORS: [&str; 5] = ["anonymous", "user", "other user", "admin", "super admin"];

type Row = (&'static str, &'static str, Sent, [u16; 5]);

/// Method, path, body, and the status for each actor. `{…}` is filled in from the market.
#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use Sent::{Form, Json, Nothing};
    let user = json!({ "username": "newbie", "email": "newbie@example.com", "password": PASSWORD });
    let created = json!({ "username": "newbie", "email": "newbie@example.com",
        "password": PASSWORD, "role": "user" });
    let login = json!({ "login": "alice", "password": PASSWORD });
    let passwords = json!({ "current_password": PASSWORD, "new_password": "battery staple" });
    let product = json!({ "name": "Tea", "description": "", "stock": 3,
        "price": { "amount": 350, "currency": "EUR" } });
    let order = json!({ "lines": [{ "product_id": "{goods}", "quantity": 1 }] });
    let days = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let reset = json!({ "token": "unknown", "new_password": "battery staple" });
    vec![
        ("POST",   "/api/v1/account/signup",           Json(user),                      [201, 201, 201, 201, 201]),
        ("POST",   "/api/v1/account/login",            Json(login),                     [200, 200, 200, 200, 200]),
        ("POST",   "/api/v1/token",                    Form("username=alice&password=correct+horse"),
                                                                                        [200, 200, 200, 200, 200]),
        ("POST",   "/api/v1/account/refresh",          Json(json!({ "refresh_token": "{refresh}" })),
                                                                                        [200, 200, 200, 200, 200]),
        ("POST",   "/api/v1/account/logout",           Nothing,                         [401, 204, 204, 204, 204]),
        ("GET",    "/api/v1/account/me",               Nothing,                         [401, 200, 200, 200, 200]),
        ("PATCH",  "/api/v1/account/me",               Json(json!({ "email": "moved@example.com" })),
                                                                                        [401, 200, 200, 200, 200]),
        ("DELETE", "/api/v1/account/me",               Nothing,                         [401, 204, 204, 204, 403]),
        ("PUT",    "/api/v1/account/password",         Json(passwords),                 [401, 204, 204, 204, 204]),
        ("GET",    "/api/v1/account/sessions",         Nothing,                         [401, 200, 200, 200, 200]),
        ("DELETE", "/api/v1/account/sessions",         Nothing,                         [401, 204, 204, 204, 204]),
        ("DELETE", "/api/v1/account/sessions/{session}", Nothing,                       [401, 204, 404, 404, 404]),
        ("POST",   "/api/v1/account/recovery",         Json(json!({ "email": "alice@example.com" })),
                                                                                        [202, 202, 202, 202, 202]),
        ("POST",   "/api/v1/account/recovery/reset",   Json(reset),                     [422, 422, 422, 422, 422]),
        ("POST",   "/api/v1/users",                    Json(created),                   [401, 403, 403, 201, 201]),
        ("GET",    "/api/v1/users",                    Nothing,                         [401, 403, 403, 200, 200]),
        ("GET",    "/api/v1/users/{user}",             Nothing,                         [401, 200, 404, 200, 200]),
        ("PUT",    "/api/v1/users/{user}/password",    Json(json!({ "new_password": "battery staple" })),
                                                                                        [401, 403, 404, 204, 204]),
        ("PUT",    "/api/v1/users/{user}/roles/admin", Nothing,                         [401, 403, 404, 403, 204]),
        ("DELETE", "/api/v1/users/{user}/roles/admin", Nothing,                         [401, 403, 404, 403, 204]),
        ("PUT",    "/api/v1/users/{user}/activation",  Nothing,                         [401, 403, 404, 204, 204]),
        ("DELETE", "/api/v1/users/{user}/activation",  Nothing,                         [401, 403, 404, 204, 204]),
        ("POST",   "/api/v1/products",                 Json(product),                   [401, 201, 201, 201, 201]),
        ("GET",    "/api/v1/products",                 Nothing,                         [200, 200, 200, 200, 200]),
        ("GET",    "/api/v1/products/{product}",       Nothing,                         [200, 200, 200, 200, 200]),
        ("PATCH",  "/api/v1/products/{product}",       Json(json!({ "stock": 4 })),     [401, 200, 403, 200, 200]),
        ("DELETE", "/api/v1/products/{product}",       Nothing,                         [401, 204, 403, 204, 204]),
        ("POST",   "/api/v1/orders",                   Json(order),                     [401, 201, 201, 201, 201]),
        ("GET",    "/api/v1/orders",                   Nothing,                         [401, 200, 200, 200, 200]),
        ("GET",    "/api/v1/orders/{placed}",          Nothing,                         [401, 200, 404, 200, 200]),
        ("POST",   "/api/v1/orders/{placed}/pay",      Nothing,                         [401, 204, 404, 403, 403]),
        ("POST",   "/api/v1/orders/{placed}/cancel",   Nothing,                         [401, 204, 404, 403, 403]),
        ("POST",   "/api/v1/orders/{paid}/ship",       Nothing,                         [401, 403, 404, 204, 204]),
        ("POST",   "/api/v1/orders/{shipped}/deliver", Nothing,                         [401, 403, 404, 204, 204]),
        ("POST",   "/api/v1/reports/orders",           Json(days),                      [401, 202, 202, 202, 202]),
        ("GET",    "/api/v1/reports/{report}",         Nothing,                         [401, 200, 404, 404, 404]),
        ("GET",    "/api/v1/reports/{report}/file",    Nothing,                         [401, 200, 404, 404, 404]),
        ("POST",   "/api/v1/admin/mail/preview",       Json(json!({ "kind": "welcome" })), [401, 403, 403, 403, 200]),
        ("GET",    "/api/v1/admin/jobs",               Nothing,                         [401, 403, 403, 403, 200]),
        ("POST",   "/api/v1/admin/jobs/{job}/retry",   Nothing,                         [401, 403, 403, 403, 202]),
        ("GET",    "/livez",                           Nothing,                         [200, 200, 200, 200, 200]),
        ("GET",    "/readyz",                          Nothing,                         [200, 200, 200, 200, 200]),
        ("GET",    "/metrics",                         Nothing,                         [200, 200, 200, 200, 200]),
    ]
}

/// A market in which the user has one of everything, and what stands for what in the rows.
struct Market {
    world: World,
    tokens: [String; 5],
    names: Vec<(&'static str, String)>,
}

impl Market {
    async fn open() -> Self {
        let world = World::new();
        let (user, alice) = world.user("alice", Role::User).await;
        let (_, bobby) = world.user("bobby", Role::User).await;
        let (_, carol) = world.user("carol", Role::Admin).await;
        let (_, super_admin) = world.user("super", Role::SuperAdmin).await;
        let (_, seller) = world.user("seller", Role::User).await;
        let (own, goods) = (product(&world, &alice).await, product(&world, &seller).await);
        let placed = order(&world, &alice, &goods).await;
        let paid = order(&world, &alice, &goods).await;
        world.act(&alice, "POST", &format!("/api/v1/orders/{paid}/pay"), 204).await;
        let shipped = order(&world, &alice, &goods).await;
        world.act(&alice, "POST", &format!("/api/v1/orders/{shipped}/pay"), 204).await;
        world.act(&seller, "POST", &format!("/api/v1/orders/{shipped}/ship"), 204).await;
        let ready = report(&world, &alice).await;
        let refresh = world.log_in("alice").await.field("refresh_token");
        let sessions = world.get(&alice, "/api/v1/account/sessions").await.json();
        let session = sessions["items"][0]["id"].as_str().expect("she is logged in").to_owned();
        let names = vec![
            ("{user}", user.to_string()),
            ("{product}", own),
            ("{goods}", goods),
            ("{placed}", placed),
            ("{paid}", paid),
            ("{shipped}", shipped),
            ("{report}", ready),
            ("{refresh}", refresh),
            ("{session}", session),
            ("{job}", world.dead_job("green").await),
        ];
        Self { world, tokens: [String::new(), alice, bobby, carol, super_admin], names }
    }

    fn filled_in(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.names {
            text = text.replace(name, value);
        }
        text
    }

    fn request(&self, (method, path, sent, _): &Row, actor: usize) -> Request<Body> {
        let call = Call::new(method, &self.filled_in(path)).bearer(&self.tokens[actor]);
        match sent {
            Sent::Nothing => call.empty(),
            Sent::Json(body) => call.body("application/json", self.filled_in(&body.to_string())),
            Sent::Form(body) => call.body("application/x-www-form-urlencoded", *body),
        }
    }
}

async fn product(world: &World, token: &str) -> String {
    let body = json!({ "name": "Tea", "description": "green", "stock": 9,
        "price": { "amount": 350, "currency": "EUR" } });
    world.post(token, "/api/v1/products", body).await.field("id")
}

async fn order(world: &World, token: &str, product: &str) -> String {
    let body = json!({ "lines": [{ "product_id": product, "quantity": 1 }] });
    world.post(token, "/api/v1/orders", body).await.field("id")
}

/// A report that is ready.
async fn report(world: &World, token: &str) -> String {
    let body = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let id = world.post(token, "/api/v1/reports/orders", body).await.field("id");
    let report = ReportId::new(id.parse::<Uuid>().expect("it is an id"));
    let store = &*world.parts.store;
    store.write(report, b"order\r\n".to_vec()).await.expect("files can be written");
    let mut work = ReportsUnitOfWorkFactory::begin(store).await.expect("it begins");
    let mut found = work.reports().find(report).await.expect("it is read").expect("it is there");
    found.finish().expect("it was requested");
    work.reports().update(&found).await.expect("it is updated");
    work.commit().await.expect("it is kept");
    id
}

#[tokio::test]
async fn everyone_may_do_what_the_table_says() {
    let mut wrong = Vec::new();
    for row in rows() {
        for (actor, name) in ACTORS.iter().enumerate() {
            let market = Market::open().await;
            let answer = market.world.send(market.request(&row, actor)).await;
            let (method, path, _, expected) = &row;
            if answer.status != expected[actor] {
                let (status, text) = (answer.status, answer.text);
                wrong.push(format!("{method} {path}, {name}: {status}, {text}"));
            } else if answer.status.as_u16() >= 400 {
                answer.problem(expected[actor]);
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A path with `{}` for whatever is named in it.
fn shape(path: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { "{}" } else { part });
    parts.collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_route_is_in_the_table_and_every_status_in_the_description() {
    let document = World::new().get("", "/openapi.json").await.json();
    let mut described = BTreeSet::new();
    let mut statuses = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("there are paths") {
        for (method, operation) in item.as_object().expect("there are operations") {
            let route = (method.to_uppercase(), shape(path));
            for status in operation["responses"].as_object().expect("it answers").keys() {
                statuses.insert((route.clone(), status.clone()));
            }
            described.insert(route);
        }
    }
    let mut tried = BTreeSet::new();
    for (method, path, _, expected) in rows() {
        let route = (method.to_owned(), shape(path));
        for status in expected {
            let told = (route.clone(), status.to_string());
            assert!(statuses.contains(&told), "{told:?} is not described");
        }
        tried.insert(route);
    }
    assert_eq!(tried, described);
}

#[tokio::test]
async fn sellers_see_and_ship_what_they_sell() {
    let world = World::new();
    let (_, seller) = world.user("seller", Role::User).await;
    let (_, buyer) = world.user("buyer", Role::User).await;
    let goods = product(&world, &seller).await;
    let id = order(&world, &buyer, &goods).await;
    world.act(&seller, "GET", &format!("/api/v1/orders/{id}"), 200).await;
    world.act(&seller, "POST", &format!("/api/v1/orders/{id}/pay"), 403).await;
    let early = world.act(&seller, "POST", &format!("/api/v1/orders/{id}/ship"), 409).await;
    assert_eq!(early.problem(409), "wrong-state");
    world.act(&buyer, "POST", &format!("/api/v1/orders/{id}/pay"), 204).await;
    world.act(&seller, "POST", &format!("/api/v1/orders/{id}/ship"), 204).await;
    world.act(&seller, "POST", &format!("/api/v1/orders/{id}/deliver"), 204).await;
    let order = world.get(&buyer, &format!("/api/v1/orders/{id}")).await;
    assert_eq!(order.field("state"), "delivered");
}

#[tokio::test]
async fn who_is_no_admin_any_more_is_none_at_once() {
    let world = World::new();
    let (admin, token) = world.user("carol", Role::Admin).await;
    let (_, super_admin) = world.user("super", Role::SuperAdmin).await;
    world.act(&token, "GET", "/api/v1/users", 200).await;
    world.act(&super_admin, "DELETE", &format!("/api/v1/users/{admin}/roles/admin"), 204).await;
    world.act(&token, "GET", "/api/v1/users", 403).await;
    world.act(&super_admin, "DELETE", &format!("/api/v1/users/{admin}/activation"), 204).await;
    world.act(&token, "GET", "/api/v1/account/me", 401).await;
}
