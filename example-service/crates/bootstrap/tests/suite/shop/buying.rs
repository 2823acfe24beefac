//! Products and orders.

use reqwest::Method;
use serde_json::{Value, json};

use super::logging_in::People;
use crate::client::{Answer, Client, Shop};

pub(super) async fn sell_and_buy(shop: &Shop, people: &People) {
    shop.transcript().heading("From a product to a delivered order");
    let People { alice, bobby, .. } = people;
    let teapot = json!({ "name": "Teapot", "description": "It holds a litre.", "stock": 3,
        "price": { "amount": 1999, "currency": "EUR" } });
    assert_eq!(
        shop.guest().post("/api/v1/products", teapot.clone()).await.problem(401),
        "unauthenticated"
    );
    let product = alice.post("/api/v1/products", teapot).await.expect(201).id();
    let path = format!("/api/v1/products/{product}");
    let cheaper = json!({ "price": { "amount": 1, "currency": "EUR" } });
    assert_eq!(bobby.patch(&path, cheaper).await.problem(403), "forbidden");
    assert_eq!(shop.guest().get(&path).await.expect(200).json()["stock"], 3);

    let first = place(bobby, &product, 2, "key-1").await.expect(201);
    let again = place(bobby, &product, 2, "key-1").await.expect(201);
    assert_eq!((first.id(), &first.text), (again.id(), &again.text));
    assert_eq!(place(bobby, &product, 1, "key-1").await.problem(422), "invalid");
    assert_eq!(place(bobby, &product, 2, "key-2").await.problem(409), "out-of-stock");
    assert_eq!(
        shop.guest().get(&path).await.expect(200).json()["stock"],
        1,
        "one order was placed"
    );

    let order = format!("/api/v1/orders/{}", first.id());
    act(bobby, &order, "ship").await.expect(403);
    act(alice, &order, "pay").await.expect(403);
    act(alice, &order, "ship").await.expect(409);
    act(bobby, &order, "pay").await.expect(204);
    act(alice, &order, "ship").await.expect(204);
    act(bobby, &order, "cancel").await.expect(409);
    act(alice, &order, "deliver").await.expect(204);
    let shown = bobby.get(&order).await.expect(200).json();
    assert_eq!((&shown["state"], &shown["total"]["amount"]), (&json!("delivered"), &json!(3998)));
    let stranger = shop.user("carol").await;
    assert_eq!(stranger.get(&order).await.problem(404), "not-found");

    let other = place(bobby, &product, 1, "key-3").await.expect(201).id();
    act(bobby, &format!("/api/v1/orders/{other}"), "cancel").await.expect(204);
    assert_eq!(shop.guest().get(&path).await.expect(200).json()["stock"], 1, "it is back");
}

pub(super) async fn turn_pages(shop: &Shop, people: &People) {
    shop.transcript().heading("Lists");
    let guest = shop.guest();
    for name in ["Green tea", "Black tea"] {
        let tea = json!({ "name": name, "description": "", "stock": 9,
            "price": { "amount": 350, "currency": "GBP" } });
        people.alice.post("/api/v1/products", tea).await.expect(201);
    }
    let first = guest.get("/api/v1/products?limit=2").await.expect(200).json();
    assert_eq!(names(&first), ["Black tea", "Green tea"]);
    let cursor = first["next_cursor"].as_str().expect("there is more");
    let second = guest.get(&format!("/api/v1/products?limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!(names(&second.json()), ["Teapot"]);
    assert_eq!(second.json()["next_cursor"], Value::Null);
    let found = guest.get("/api/v1/products?search=GREEN").await.expect(200).json();
    assert_eq!(names(&found), ["Green tea"]);
    assert_eq!(guest.get("/api/v1/products?limit=1000").await.problem(422), "invalid");
    let orders = people.bobby.get("/api/v1/orders?limit=1").await.expect(200).json();
    assert_eq!(orders["items"][0]["state"], "cancelled");
    let cursor = orders["next_cursor"].as_str().expect("there is more");
    let rest =
        people.bobby.get(&format!("/api/v1/orders?cursor={cursor}")).await.expect(200).json();
    assert_eq!(rest["items"].as_array().map(Vec::len), Some(1));
    let days = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let report = people.alice.post("/api/v1/reports/orders", days).await.expect(202).id();
    people.alice.get(&format!("/api/v1/reports/{report}")).await.expect(200);
}

fn names(list: &Value) -> Vec<&str> {
    let items = list["items"].as_array().expect("there are items");
    items.iter().map(|item| item["name"].as_str().expect("it has a name")).collect()
}

/// Orders so many of a product, under a key of its own.
async fn place(client: &Client, product: &str, quantity: u32, key: &str) -> Answer {
    let body = json!({ "lines": [{ "product_id": product, "quantity": quantity }] });
    client.call(Method::POST, "/api/v1/orders").header("idempotency-key", key).send(body).await
}

async fn act(client: &Client, order: &str, what: &str) -> Answer {
    client.post(&format!("{order}/{what}"), Value::Null).await
}
