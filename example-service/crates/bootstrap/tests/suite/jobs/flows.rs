//! What users get of jobs.

use reqwest::Method;
use serde_json::json;

use super::{Market, eventually};
use crate::client::{PASSWORD, Shop};
use crate::storage::{Storage, on_both_databases};

on_both_databases!(from_signing_up_to_a_report, a_lost_password_is_recovered);

async fn from_signing_up_to_a_report(storage: Storage) {
    let market = Market::open(&storage, &[]);
    let shop = &market.shop;
    let transcript = shop.transcript();
    transcript.heading("Signing up");
    let body = json!({ "username": "alice", "email": "alice@example.com", "password": PASSWORD });
    shop.guest().post("/api/v1/account/signup", body).await.expect(201);
    let welcome = market.mail("alice@example.com", "Welcome").await;
    assert!(welcome.contains("alice"), "{welcome}");
    transcript.heading(&format!("A mail comes: {}", welcome.replace('\n', " ").trim_end()));
    transcript.heading("Selling and buying");
    let alice = shop.log_in("alice", PASSWORD).await;
    let teapot = json!({ "name": "Teapot", "description": "", "stock": 3,
        "price": { "amount": 1999, "currency": "EUR" } });
    let product = alice.post("/api/v1/products", teapot).await.expect(201).id();
    let lines = json!({ "lines": [{ "product_id": product, "quantity": 2 }] });
    let order = alice.call(Method::POST, "/api/v1/orders").header("idempotency-key", "key-1");
    let order = order.send(lines).await.expect(201).id();
    let shown = alice.get(&format!("/api/v1/orders/{order}")).await.expect(200);
    let day = shown.text("placed_at");
    let day = &day[..10];

    transcript.heading("A report");
    let days = json!({ "from": day, "to": day });
    let asked_at = alice.post("/api/v1/reports/orders", days).await.expect(202);
    let report = format!("/api/v1/reports/{}", asked_at.id());
    // What is asked for while the report is made depends on the machine.
    let quiet = Shop::at(&market.server).log_in("alice", PASSWORD).await;
    eventually("the report is ready", async || {
        let status = quiet.get(&report).await.expect(200).text("status");
        (status == "ready").then_some(())
    })
    .await;
    alice.get(&report).await.expect(200);
    let file = alice.get(&format!("{report}/file")).await.expect(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(file.text.contains(&order) && file.text.contains(",2,1999,EUR"), "{}", file.text);
    let stranger = shop.user("bobby").await;
    stranger.get(&format!("{report}/file")).await.expect(404);
    let transcript = transcript.text().replace(day, "<day>");
    let output = market.close();
    assert!(output.contains("the worker has stopped"), "{output}");
    crate::shop::keep("from_signing_up_to_a_report", &transcript, storage.name());
}

async fn a_lost_password_is_recovered(storage: Storage) {
    let market = Market::open(&storage, &[]);
    let shop = &market.shop;
    let alice = shop.user("alice").await;
    for email in ["nobody@example.com", "alice@example.com"] {
        let body = json!({ "email": email });
        shop.guest().post("/api/v1/account/recovery", body).await.expect(202);
    }
    let mail = market.mail("alice@example.com", "password").await;
    let is_token = |word: &&str| word.len() >= 40 && word.is_ascii();
    let token = mail.split_whitespace().find(is_token).expect("a mail of recovery has a token");
    let body = json!({ "token": token, "new_password": "battery staple" });
    shop.guest().post("/api/v1/account/recovery/reset", body.clone()).await.expect(204);
    alice.get("/api/v1/account/me").await.expect(401);
    shop.log_in("alice", "battery staple").await;
    shop.guest().post("/api/v1/account/recovery/reset", body).await.expect(422);
    let to_nobody = |mail: &serde_json::Value| mail["mail"]["to"] == "nobody@example.com";
    assert!(!market.mails().iter().any(to_nobody), "nobody has no account");
    market.close();
}
