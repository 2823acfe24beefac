//! Many who want the same thing at the same time.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Answer, Client, Shop};
use crate::process::Server;
use crate::storage::{Storage, on_both_databases};

on_both_databases!(
    changes_of_the_same_thing_all_succeed,
    stock_is_never_sold_twice,
    a_key_is_one_order
);

async fn offer(seller: &Client, stock: u32) -> String {
    let product = json!({ "name": "Teapot", "description": "", "stock": stock,
        "price": { "amount": 1999, "currency": "EUR" } });
    seller.post("/api/v1/products", product).await.expect(201).id()
}

/// How many pieces are left, as the database has it.
async fn stock(client: &Client) -> Value {
    client.get("/api/v1/products").await.expect(200).json()["items"][0]["stock"].clone()
}

async fn order(client: &Client, product: &str, quantity: u32, key: &str) -> Answer {
    let body = json!({ "lines": [{ "product_id": product, "quantity": quantity }] });
    let call = client.call(reqwest::Method::POST, "/api/v1/orders");
    call.header("idempotency-key", key).send(body).await
}

async fn changes_of_the_same_thing_all_succeed(storage: Storage) {
    const CHANGES: u32 = 20;
    let server = Server::start(&storage, &[]);
    let alice = Shop::at(&server).user("alice").await;
    let product = offer(&alice, CHANGES).await;
    let path = format!("/api/v1/products/{product}");
    let (alice, path) = (&alice, &path);
    // Each reads the product, changes it and writes it back, with whatever version it has then.
    let renamed = (0..CHANGES).map(async |number| {
        alice.patch(path, json!({ "description": format!("change {number}") })).await
    });
    for answer in join_all(renamed).await {
        answer.expect(200);
    }
    let keys: Vec<String> = (0..CHANGES).map(|number| format!("key-{number}")).collect();
    for answer in join_all(keys.iter().map(|key| order(alice, &product, 1, key))).await {
        answer.expect(201);
    }
    assert_eq!(stock(alice).await, 0, "each of them has taken one");
    server.stop();
}

async fn stock_is_never_sold_twice(storage: Storage) {
    const ORDERS: usize = 50;
    const STOCK: u32 = 30;
    let server = Server::start(&storage, &[]);
    let shop = Shop::at(&server);
    let alice = shop.user("alice").await;
    let product = offer(&alice, STOCK).await;
    let keys: Vec<String> = (0..ORDERS).map(|number| format!("key-{number}")).collect();
    let answers = join_all(keys.iter().map(|key| order(&alice, &product, 1, key))).await;
    let placed = answers.iter().filter(|answer| answer.status == 201).count();
    let refused = answers.iter().filter(|answer| answer.status == 409);
    assert_eq!((placed, refused.clone().count()), (STOCK as usize, ORDERS - STOCK as usize));
    for answer in refused {
        assert_eq!(answer.problem(409), "out-of-stock");
    }
    assert_eq!(stock(&alice).await, 0);
    let orders = alice.get("/api/v1/orders?limit=100").await.expect(200).json();
    assert_eq!(orders["items"].as_array().map(Vec::len), Some(STOCK as usize));
    server.stop();
}

async fn a_key_is_one_order(storage: Storage) {
    let server = Server::start(&storage, &[]);
    let alice = Shop::at(&server).user("alice").await;
    let product = offer(&alice, 100).await;
    let answers = join_all((0..20).map(|_| order(&alice, &product, 3, "the-same-key"))).await;
    let ids: Vec<String> = answers.into_iter().map(|answer| answer.expect(201).id()).collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    assert_eq!(stock(&alice).await, 97);
    server.stop();
}
