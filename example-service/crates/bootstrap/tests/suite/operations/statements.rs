//! How many SQL statements each endpoint takes.

use std::collections::BTreeSet;
use std::env;
use std::fmt::Write;

use reqwest::Method;
use serde_json::{Value, json};

use super::page::Page;
use crate::client::{Answer, Call, Client, PASSWORD, SUPERUSER, Shop};
use crate::process::Server;
use crate::storage::{Storage, on_both_databases};

on_both_databases!(every_endpoint_takes_few_statements);

/// The most statements of a request that only reads, as in `scripts/load`.
const MOST: f64 = 4.0;

/// Requests, and what they took.
struct Costs {
    shop: Shop,
    measured: BTreeSet<String>,
    table: String,
}

impl Costs {
    fn of(shop: &Shop) -> Self {
        Self { shop: shop.clone(), measured: BTreeSet::new(), table: String::new() }
    }

    /// Sends a request, and notes what it has taken. `{id}` in the route stands for `id`.
    async fn add(&mut self, client: &Client, what: &str, id: &str, body: Value) -> Answer {
        let key = format!("key-{}", self.table.len());
        let call = call(client, &what.replace("{id}", id)).header("idempotency-key", &key);
        self.note(what, call.send(body)).await
    }

    async fn note(&mut self, what: &str, sending: impl Future<Output = Answer>) -> Answer {
        let (method, address) = what.split_once(' ').expect("a method, and where");
        let route = address.split('?').next().unwrap_or(address);
        let value = |page: &Page, what| page.statements(what, method, route);
        let before = Page::of(&self.shop).await;
        let answer = sending.await;
        let count = value(&before, "count") + 1.0;
        let after = Page::once(&self.shop, |page| value(page, "count") >= count).await;
        let taken = value(&after, "sum") - value(&before, "sum");
        assert!(method != "GET" || taken <= MOST, "{what} takes {taken} statements");
        let route = route.replace("/api/v1", "");
        writeln!(self.table, "{taken:>2} {method:<6} {route} {}", answer.status)
            .expect("a text can be written to");
        self.measured.insert(format!("{method} {route}"));
        answer
    }
}

fn call(client: &Client, what: &str) -> Call {
    let (method, path) = what.split_once(' ').expect("a method, and where");
    client.call(Method::from_bytes(method.as_bytes()).expect("it is a method"), path)
}

async fn every_endpoint_takes_few_statements(storage: Storage) {
    let server = Server::start(&storage, &[]);
    let shop = Shop::at(&server);
    let mut costs = Costs::of(&shop);
    accounts(&shop, &mut costs).await;
    shopping(&shop, &mut costs).await;
    administration(&shop, &mut costs).await;
    for outside in ["GET /livez", "GET /readyz", "GET /metrics"] {
        costs.add(&shop.guest(), outside, "", Value::Null).await.expect(200);
    }
    assert_eq!(costs.measured, described(&shop).await, "not every endpoint was measured");
    insta::assert_snapshot!("statements", costs.table);
    server.stop();
}

/// Redis knows no users: who somebody is today is one statement, and no more than without it.
#[tokio::test]
async fn a_session_in_redis_takes_one_statement_too() {
    let redis = env::var("TEST_REDIS_URL").expect("TEST_REDIS_URL: use `scripts/with-services`");
    let settings = [("APP_REDIS__URL", redis.as_str()), ("APP_REDIS__SESSIONS", "true")];
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &settings);
    let shop = Shop::at(&server);
    let alice = shop.user("alice").await;
    let mut costs = Costs::of(&shop);
    costs.add(&alice, "GET /api/v1/account/me", "", Value::Null).await.expect(200);
    costs.add(&alice, "GET /api/v1/account/sessions", "", Value::Null).await.expect(200);
    costs.add(&alice, "POST /api/v1/account/logout", "", Value::Null).await.expect(204);
    costs.add(&alice, "GET /api/v1/account/me", "", Value::Null).await.expect(401);
    // Who it is, and what is asked for; but sessions themselves are none of the database.
    let expected = " 2 GET    /account/me 200\n 1 GET    /account/sessions 200\n 1 POST   /account/logout 204\n \
         0 GET    /account/me 401\n";
    assert_eq!(costs.table, expected);
    server.stop();
}

async fn accounts(shop: &Shop, costs: &mut Costs) {
    let guest = shop.guest();
    let body = json!({ "username": "alice", "email": "alice@example.com", "password": PASSWORD });
    costs.add(&guest, "POST /api/v1/account/signup", "", body).await.expect(201);
    let body = json!({ "login": "alice", "password": PASSWORD });
    let pair = costs.add(&guest, "POST /api/v1/account/login", "", body).await.expect(200);
    let body = json!({ "refresh_token": pair.text("refresh_token") });
    costs.add(&guest, "POST /api/v1/account/refresh", "", body).await.expect(200);
    let alice = guest.with_token(&pair.text("access_token"));
    costs.add(&alice, "GET /api/v1/account/me", "", Value::Null).await.expect(200);
    let body = json!({ "email": "alice@example.org" });
    costs.add(&alice, "PATCH /api/v1/account/me", "", body).await.expect(200);
    let body = json!({ "current_password": PASSWORD, "new_password": "battery staple" });
    costs.add(&alice, "PUT /api/v1/account/password", "", body).await.expect(204);
    let listed = costs.add(&alice, "GET /api/v1/account/sessions", "", Value::Null).await;
    let session = listed.json()["items"][0]["id"].as_str().unwrap_or_default().to_owned();
    let ended = costs.add(&alice, "DELETE /api/v1/account/sessions/{id}", &session, Value::Null);
    ended.await.expect(204);
    for way_out in ["POST /api/v1/account/logout", "DELETE /api/v1/account/sessions"] {
        let alice = shop.log_in("alice", "battery staple").await;
        costs.add(&alice, way_out, "", Value::Null).await.expect(204);
    }
    let body = json!({ "email": "alice@example.org" });
    costs.add(&guest, "POST /api/v1/account/recovery", "", body).await.expect(202);
    let body = json!({ "token": "none", "new_password": PASSWORD });
    costs.add(&guest, "POST /api/v1/account/recovery/reset", "", body).await.expect(422);
    let alice = shop.log_in("alice", "battery staple").await;
    costs.add(&alice, "DELETE /api/v1/account/me", "", Value::Null).await.expect(204);
    let form = [("grant_type", "password"), ("username", SUPERUSER.0), ("password", SUPERUSER.1)];
    let what = "POST /api/v1/token";
    costs.note(what, call(&guest, what).form(&form)).await.expect(200);
}

async fn shopping(shop: &Shop, costs: &mut Costs) {
    let (seller, buyer) = (shop.user("seller").await, shop.user("buyer").await);
    let guest = shop.guest();
    let mut lines = Vec::new();
    for name in ["Teapot", "Cup", "Saucer"] {
        let body = json!({ "name": name, "description": "", "stock": 9,
            "price": { "amount": 100, "currency": "EUR" } });
        let added = if lines.is_empty() {
            costs.add(&seller, "POST /api/v1/products", "", body).await
        } else {
            seller.post("/api/v1/products", body).await
        };
        lines.push(json!({ "product_id": added.expect(201).id(), "quantity": 1 }));
    }
    let product = lines[0]["product_id"].as_str().unwrap_or_default().to_owned();
    costs.add(&guest, "GET /api/v1/products", "", Value::Null).await.expect(200);
    costs.add(&guest, "GET /api/v1/products?search=cup", "", Value::Null).await.expect(200);
    costs.add(&guest, "GET /api/v1/products/{id}", &product, Value::Null).await.expect(200);
    costs.add(&guest, "GET /api/v1/products/{id}", &product, Value::Null).await.expect(200);
    let body = json!({ "stock": 8 });
    costs.add(&seller, "PATCH /api/v1/products/{id}", &product, body).await.expect(200);
    let mut orders = Vec::new();
    for some in [&lines[..1], &lines[..1], &lines[..]] {
        let body = json!({ "lines": some });
        orders.push(costs.add(&buyer, "POST /api/v1/orders", "", body).await.expect(201).id());
    }
    costs.add(&buyer, "GET /api/v1/orders", "", Value::Null).await.expect(200);
    costs.add(&buyer, "GET /api/v1/orders/{id}", &orders[2], Value::Null).await.expect(200);
    for (client, what, order) in [
        (&buyer, "pay", &orders[0]),
        (&seller, "ship", &orders[0]),
        (&seller, "deliver", &orders[0]),
        (&buyer, "cancel", &orders[1]),
        (&buyer, "cancel", &orders[2]),
    ] {
        let what = format!("POST /api/v1/orders/{{id}}/{what}");
        costs.add(client, &what, order, Value::Null).await.expect(204);
    }
    let archived = costs.add(&seller, "DELETE /api/v1/products/{id}", &product, Value::Null);
    archived.await.expect(204);
    let body = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let asked = costs.add(&buyer, "POST /api/v1/reports/orders", "", body).await.expect(202);
    let report = asked.id();
    costs.add(&buyer, "GET /api/v1/reports/{id}", &report, Value::Null).await.expect(200);
    costs.add(&buyer, "GET /api/v1/reports/{id}/file", &report, Value::Null).await;
}

async fn administration(shop: &Shop, costs: &mut Costs) {
    let boss = shop.superuser().await;
    let body = json!({ "username": "bobby", "email": "bobby@example.com", "password": PASSWORD,
        "role": "user" });
    let user = costs.add(&boss, "POST /api/v1/users", "", body).await.expect(201).id();
    costs.add(&boss, "GET /api/v1/users", "", Value::Null).await.expect(200);
    costs.add(&boss, "GET /api/v1/users/{id}", &user, Value::Null).await.expect(200);
    let body = json!({ "new_password": "battery staple" });
    costs.add(&boss, "PUT /api/v1/users/{id}/password", &user, body).await.expect(204);
    for what in ["roles/admin", "activation"] {
        for method in ["DELETE", "PUT"] {
            let what = format!("{method} /api/v1/users/{{id}}/{what}");
            costs.add(&boss, &what, &user, Value::Null).await.expect(204);
        }
    }
    let body = json!({ "kind": "welcome" });
    costs.add(&boss, "POST /api/v1/admin/mail/preview", "", body).await.expect(200);
    costs.add(&boss, "GET /api/v1/admin/jobs", "", Value::Null).await.expect(200);
    // A job that nobody knows takes one more than one that is dead.
    let retry = "POST /api/v1/admin/jobs/{id}/retry";
    costs.add(&boss, retry, &user, Value::Null).await.expect(404);
}

/// All endpoints, as the service describes itself.
async fn described(shop: &Shop) -> BTreeSet<String> {
    let document = shop.guest().get("/openapi.json").await.expect(200).json();
    let mut endpoints = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("there are paths") {
        for method in item.as_object().expect("there are methods").keys() {
            let path = path.replace("/api/v1", "");
            endpoints.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    endpoints
}
