//! What admins do with others, and users with themselves.

use serde_json::{Value, json};

use super::logging_in::People;
use crate::client::{PASSWORD, Shop};

pub(super) async fn administer(shop: &Shop, people: &People) {
    shop.transcript().heading("Administration");
    let People { superuser, alice, bobby } = people;
    let users = superuser.get("/api/v1/users?sort=username&limit=3").await.expect(200).json();
    assert_eq!((&users["total"], &users["items"][0]["username"]), (&json!(4), &json!("alice")));
    let id = |number: usize| users["items"][number]["id"].as_str().expect("it has an id");
    let (alice_path, bobby_path) =
        (format!("/api/v1/users/{}", id(0)), format!("/api/v1/users/{}", id(1)));
    assert_eq!(alice.get("/api/v1/users").await.problem(403), "forbidden");

    superuser.put(&format!("{alice_path}/roles/admin"), Value::Null).await.expect(204);
    let alice = shop.log_in("alice", PASSWORD).await;
    alice.get("/api/v1/users?active=true").await.expect(200);
    alice.delete(&format!("{bobby_path}/activation")).await.expect(204);
    bobby.get("/api/v1/account/me").await.expect(401);
    let login = json!({ "login": "bobby", "password": PASSWORD });
    let refused = shop.guest().post("/api/v1/account/login", login).await;
    assert_eq!(refused.problem(401), "invalid-credentials");
    alice.put(&format!("{bobby_path}/activation"), Value::Null).await.expect(204);
    let new = json!({ "new_password": "another horse battery" });
    alice.put(&format!("{bobby_path}/password"), new).await.expect(204);
    let bobby = shop.log_in("bobby", "another horse battery").await;
    superuser.delete(&format!("{alice_path}/roles/admin")).await.expect(204);
    alice.get("/api/v1/users").await.expect(403);

    let change = json!({ "current_password": "another horse battery", "new_password": PASSWORD });
    bobby.put("/api/v1/account/password", change).await.expect(204);
    bobby.patch("/api/v1/account/me", json!({ "username": "bobby.tables" })).await.expect(200);
    bobby.delete("/api/v1/account/me").await.expect(204);
    assert_eq!(superuser.get(&bobby_path).await.problem(404), "not-found");
    assert_eq!(superuser.delete("/api/v1/account/me").await.status, 403);
}
