//! What users do, one request after the other.

use std::sync::Arc;

use application::ports::{Job, JobDispatcher, JobReadStore, JobRunner, QueuedJob};
use domain::accounts::Role;
use serde_json::json;

use crate::world::{Call, OutOfOrder, PASSWORD, World};

#[tokio::test]
async fn from_signing_up_to_a_paid_order() {
    let world = World::new();
    let sign_up =
        json!({ "username": "alice", "email": "Alice@Example.com", "password": PASSWORD });
    let answer = world.post("", "/api/v1/account/signup", sign_up.clone()).await;
    assert_eq!(answer.status, 201);
    let id = answer.field("id");
    assert_eq!(answer.header("location"), format!("/api/v1/users/{id}"));
    let again = world.post("", "/api/v1/account/signup", sign_up).await;
    assert_eq!(again.problem(409), "email-taken");
    let token = world.log_in("alice@example.com").await.field("access_token");
    let me = world.get(&token, "/api/v1/account/me").await.json();
    assert_eq!(me["email"], "alice@example.com");
    assert_eq!((&me["role"], &me["is_active"]), (&json!("user"), &json!(true)));
    assert_eq!(me["id"], id);
    let product = json!({ "name": "Tea", "description": "green", "stock": 3,
        "price": { "amount": 350, "currency": "EUR" } });
    let product = world.post(&token, "/api/v1/products", product).await.field("id");
    let order = json!({ "lines": [{ "product_id": product, "quantity": 2 }] });
    let order = world.post(&token, "/api/v1/orders", order).await.field("id");
    world.act(&token, "POST", &format!("/api/v1/orders/{order}/pay"), 204).await;
    let shown = world.get(&token, &format!("/api/v1/orders/{order}")).await.json();
    assert_eq!(shown["state"], "paid");
    assert_eq!(shown["total"], json!({ "amount": 700, "currency": "EUR" }));
    let left = world.get("", &format!("/api/v1/products/{product}")).await.json();
    assert_eq!(left["stock"], 1);
    let more = json!({ "lines": [{ "product_id": product, "quantity": 2 }] });
    assert_eq!(world.post(&token, "/api/v1/orders", more).await.problem(409), "out-of-stock");
    let orders = world.get(&token, "/api/v1/orders").await.json();
    assert_eq!(orders["items"][0]["line_count"], 1);
    assert_eq!(orders["next_cursor"], json!(null));
}

#[tokio::test]
async fn the_same_key_gives_the_same_order() {
    let world = World::new();
    let (_, token) = world.user("alice", Role::User).await;
    let product = json!({ "name": "Tea", "description": "", "stock": 9,
        "price": { "amount": 350, "currency": "EUR" } });
    let product = world.post(&token, "/api/v1/products", product).await.field("id");
    let place = async |quantity: u32| {
        let call = Call::new("POST", "/api/v1/orders").bearer(&token);
        let body = json!({ "lines": [{ "product_id": product, "quantity": quantity }] });
        world.send(call.header("idempotency-key", "key-1").json(&body)).await
    };
    let (one, two) = (place(2).await, place(2).await);
    assert_eq!((one.status.as_u16(), two.status.as_u16()), (201, 201));
    assert_eq!(one.text, two.text);
    assert_eq!(place(3).await.problem(422), "invalid");
    let left = world.get("", &format!("/api/v1/products/{product}")).await.json();
    assert_eq!(left["stock"], 7);
}

#[tokio::test]
async fn lists_come_in_parts() {
    let world = World::new();
    let (_, token) = world.user("alice", Role::User).await;
    for number in 1..=3 {
        let product = json!({ "name": format!("Tea {number}"), "description": "", "stock": 9,
            "price": { "amount": 350, "currency": "EUR" } });
        assert_eq!(world.post(&token, "/api/v1/products", product).await.status, 201);
    }
    let first = world.get("", "/api/v1/products?limit=2").await.json();
    assert_eq!(first["items"][0]["name"], "Tea 3");
    let cursor = first["next_cursor"].as_str().expect("there is more");
    let second = world.get("", &format!("/api/v1/products?limit=2&cursor={cursor}")).await.json();
    assert_eq!(second["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(second["items"][0]["name"], "Tea 1");
    assert_eq!(second["next_cursor"], json!(null));
    let found = world.get("", "/api/v1/products?search=tea%202").await.json();
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    let (_, admin) = world.user("carol", Role::Admin).await;
    let users = world.get(&admin, "/api/v1/users?sort=-username&limit=1&offset=1").await.json();
    assert_eq!(users["total"], 2);
    assert_eq!(users["items"][0]["username"], "alice");
}

#[tokio::test]
async fn recovery_says_the_same_to_everyone() {
    let world = World::new();
    world.user("alice", Role::User).await;
    let mut answers = Vec::new();
    for email in ["alice@example.com", "nobody@example.com"] {
        let answer = world.post("", "/api/v1/account/recovery", json!({ "email": email })).await;
        assert_eq!(answer.status, 202);
        answers.push(answer.text);
    }
    assert_eq!(answers[0], answers[1]);
    let jobs = world.parts.store.take_jobs();
    let is_mail = |job: &Job| matches!(job, Job::SendRecoveryMail { .. });
    assert_eq!(jobs.iter().filter(|(_, job)| is_mail(job)).count(), 2);
}

#[tokio::test]
async fn a_report_is_fetched_when_it_is_ready() {
    let world = World::new();
    let (_, token) = world.user("alice", Role::User).await;
    let days = json!({ "from": "2026-01-31", "to": "2026-01-01" });
    world.post(&token, "/api/v1/reports/orders", days).await.problem(422);
    let days = json!({ "from": "2026-01-01", "to": "2026-01-31" });
    let answer = world.post(&token, "/api/v1/reports/orders", days).await;
    let place = answer.header("location").to_owned();
    assert_eq!(world.get(&token, &place).await.field("status"), "requested");
    let early = world.get(&token, &format!("{place}/file")).await;
    assert_eq!(early.problem(409), "not-ready");
}

#[tokio::test]
async fn super_admins_turn_the_pages_of_dead_jobs() {
    let world = World::new();
    let (_, token) = world.user("super", Role::SuperAdmin).await;
    let jobs = &world.parts.jobs;
    for tea in ["black", "green", "white"] {
        let (kind, argument) = ("make_tea".to_owned(), tea.to_owned());
        let job = QueuedJob { id: world.parts.stamps.next_job(), kind, argument };
        jobs.dispatch(&job).await.expect("a job can be dispatched");
    }
    let path = "/api/v1/admin/jobs?limit=2";
    let board = world.get(&token, path).await.json();
    assert_eq!(board["counts"][0]["state"], "waiting");
    assert_eq!(board["dead"], json!({ "items": [], "next_cursor": null }));
    let are_dead = async {
        let all_dead = json!([{ "kind": "make_tea", "state": "dead", "count": 3 }]);
        while world.get(&token, path).await.json()["counts"] != all_dead {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        ran = jobs.run(Arc::new(OutOfOrder), Box::pin(std::future::pending())) => {
            panic!("nobody has told it to stop: {ran:?}");
        }
        () = are_dead => {}
    }
    world
        .post(
            &token,
            "/api/v1/account/signup",
            json!({
                "username": "newbie", "email": "newbie@example.com", "password": PASSWORD,
            }),
        )
        .await;
    let board = world.get(&token, path).await.json();
    assert_eq!(
        board["counts"],
        json!([
            { "kind": "make_tea", "state": "dead", "count": 3 },
            { "kind": "send_welcome_mail", "state": "enqueued", "count": 1 },
        ])
    );
    let items = &board["dead"]["items"];
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    assert_eq!((&items[0]["error"], &items[0]["attempts"]), (&json!("no white"), &json!(1)));
    assert_eq!(items[1]["argument"], "green");
    let cursor = board["dead"]["next_cursor"].as_str().expect("there is more");
    let rest = world.get(&token, &format!("{path}&cursor={cursor}")).await.json();
    assert_eq!(rest["dead"]["items"][0]["argument"], "black");
    assert_eq!(rest["dead"]["next_cursor"], json!(null));
    for wrong in ["limit=0", "limit=101", "cursor=here"] {
        world.get(&token, &format!("/api/v1/admin/jobs?{wrong}")).await.problem(422);
    }
}

#[tokio::test]
async fn super_admins_have_dead_jobs_run_again() {
    let world = World::new();
    let (_, token) = world.user("super", Role::SuperAdmin).await;
    let job = world.dead_job("green").await;
    let retry = format!("/api/v1/admin/jobs/{job}/retry");
    world.act(&token, "POST", &retry, 202).await;
    let board = world.get(&token, "/api/v1/admin/jobs").await.json();
    let waiting = json!([{ "kind": "make_tea", "state": "waiting", "count": 1 }]);
    assert_eq!((&board["counts"], &board["dead"]["items"]), (&waiting, &json!([])));
    let again = world.act(&token, "POST", &retry, 409).await;
    assert_eq!(again.problem(409), "not-dead");
    let unknown = format!("/api/v1/admin/jobs/{}/retry", world.parts.stamps.next_job());
    let unknown = world.act(&token, "POST", &unknown, 404).await;
    assert_eq!(unknown.problem(404), "not-found");
    let jobs = world.parts.jobs.dead(None, 9).await.expect("dead jobs can be read");
    assert_eq!(jobs, []);
}
