//! Accounts and sessions.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, PASSWORD, Shop};

/// Who uses the shop.
pub(super) struct People {
    pub(super) superuser: Client,
    pub(super) alice: Client,
    pub(super) bobby: Client,
}

pub(super) async fn sign_up_and_log_in(shop: &Shop) -> People {
    shop.transcript().heading("Sign up and log in");
    let guest = shop.guest();
    let mut account =
        json!({ "username": "alice", "email": "Alice@Example.com", "password": PASSWORD });
    let id = guest.post("/api/v1/account/signup", account.clone()).await.expect(201).id();
    let again = guest.post("/api/v1/account/signup", account.clone()).await;
    assert_eq!(again.problem(409), "email-taken");
    account["email"] = json!("another@example.com");
    let again = guest.post("/api/v1/account/signup", account.clone()).await;
    assert_eq!(again.problem(409), "username-taken");
    account["password"] = json!("short");
    let weak = guest.post("/api/v1/account/signup", account).await;
    assert_eq!(weak.problem(422), "invalid");
    assert_eq!(guest.get("/api/v1/account/me").await.problem(401), "unauthenticated");

    let login = json!({ "login": "alice@example.com", "password": PASSWORD });
    let answer = guest.post("/api/v1/account/login", login).await.expect(200);
    let bearer = guest.with_token(&answer.text("access_token"));
    let me = bearer.get("/api/v1/account/me").await.expect(200).json();
    assert_eq!((&me["id"], &me["email"]), (&json!(id), &json!("alice@example.com")));
    let by_cookie =
        guest.call(Method::GET, "/api/v1/account/me").header("cookie", &answer.cookie());
    assert_eq!(by_cookie.send(Value::Null).await.expect(200).json(), me);
    let form = [("grant_type", "password"), ("username", "alice"), ("password", PASSWORD)];
    let token = guest.call(Method::POST, "/api/v1/token").form(&form).await.expect(200);
    let by_form = guest.with_token(&token.text("access_token"));
    assert_eq!(by_form.get("/api/v1/account/me").await.expect(200).json(), me);

    let superuser = shop.superuser().await;
    assert_eq!(superuser.get("/api/v1/account/me").await.expect(200).text("role"), "super_admin");
    People {
        superuser,
        alice: shop.log_in("alice", PASSWORD).await,
        bobby: shop.user("bobby").await,
    }
}

pub(super) async fn end_sessions(shop: &Shop) {
    shop.transcript().heading("Sessions");
    let (one, two) = (shop.log_in("bobby", PASSWORD).await, shop.log_in("bobby", PASSWORD).await);
    let sessions = two.get("/api/v1/account/sessions").await.expect(200).json();
    let items = sessions["items"].as_array().expect("there are sessions");
    assert_eq!(items.len(), 3);
    let current: Vec<bool> = items.iter().map(|item| item["is_current"] == true).collect();
    assert_eq!(current, [true, false, false], "the newest comes first");
    let id = items[1]["id"].as_str().expect("it has an id");
    two.delete(&format!("/api/v1/account/sessions/{id}")).await.expect(204);
    assert_eq!(one.get("/api/v1/account/me").await.problem(401), "unauthenticated");
    two.post("/api/v1/account/logout", Value::Null).await.expect(204);
    two.get("/api/v1/account/me").await.expect(401);
}

pub(super) async fn refresh(shop: &Shop) {
    shop.transcript().heading("Refresh tokens are good once");
    let guest = shop.guest();
    let path = "/api/v1/account/refresh";
    let login = json!({ "login": "bobby", "password": PASSWORD });
    let first = guest.post("/api/v1/account/login", login).await.expect(200);
    let used = json!({ "refresh_token": first.text("refresh_token") });
    let second = guest.post(path, used.clone()).await.expect(200);
    let bobby = guest.with_token(&second.text("access_token"));
    bobby.get("/api/v1/account/me").await.expect(200);
    assert_eq!(guest.post(path, used).await.problem(401), "invalid-credentials");
    bobby.get("/api/v1/account/me").await.expect(401);
    let unused = json!({ "refresh_token": second.text("refresh_token") });
    guest.post(path, unused).await.expect(401);
}

pub(super) async fn recover(shop: &Shop) {
    shop.transcript().heading("Recovery says the same to everyone");
    let guest = shop.guest();
    let ask = async |email: &str| {
        guest.post("/api/v1/account/recovery", json!({ "email": email })).await.expect(202).text
    };
    assert_eq!(ask("bobby@example.com").await, ask("nobody@example.com").await);
    let made_up =
        json!({ "token": "a-guess-at-a-recovery-token", "new_password": "battery staple" });
    let answer = guest.post("/api/v1/account/recovery/reset", made_up).await;
    assert_eq!(answer.problem(422), "invalid");
}
