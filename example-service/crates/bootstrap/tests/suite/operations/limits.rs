//! Who is counted as whom.

use std::env;
use std::net::Ipv6Addr;

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use crate::client::{Answer, Shop};
use crate::process::{Server, Setting};
use crate::storage::Storage;

const PATH: &str = "/api/v1/products";

/// A quota that does not come back while tests run.
const WINDOW: Setting<'static> = ("APP_RATE_LIMIT__WINDOW", "1day");

async fn ask(shop: &Shop, forwarded: &str) -> Answer {
    let call = shop.guest().call(Method::GET, PATH);
    call.header("x-forwarded-for", forwarded).send(Value::Null).await
}

#[tokio::test]
async fn a_forged_address_is_not_believed() {
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[("APP_RATE_LIMIT__REQUESTS", "5"), WINDOW]);
    let shop = Shop::at(&server);
    for number in 0..5 {
        ask(&shop, &format!("203.0.113.{number}")).await.expect(200);
    }
    let refused = ask(&shop, "203.0.113.99").await;
    assert_eq!(refused.problem(429), "rate-limited");
    assert!(refused.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    server.stop();
}

#[tokio::test]
async fn behind_a_proxy_only_what_the_proxy_says_counts() {
    let storage = Storage::sqlite();
    let server = Server::start(
        &storage,
        &[("APP_RATE_LIMIT__REQUESTS", "5"), WINDOW, ("APP_HTTP__TRUSTED_PROXIES", "127.0.0.1/32")],
    );
    let shop = Shop::at(&server);
    // The proxy appends from where it was asked; what stands before was sent by the client.
    for number in 0..5 {
        ask(&shop, &format!("203.0.113.{number}, 198.51.100.1")).await.expect(200);
    }
    ask(&shop, "203.0.113.99, 198.51.100.1").await.expect(429);
    ask(&shop, "198.51.100.1, 198.51.100.2").await.expect(200);
    server.stop();
}

#[tokio::test]
async fn all_replicas_count_together_in_redis() {
    let redis = env::var("TEST_REDIS_URL").expect("TEST_REDIS_URL: use `scripts/with-services`");
    // An address that no other test comes from, and no other run within a day.
    let client = fresh_address().to_string();
    let settings = [
        ("APP_RATE_LIMIT__REQUESTS", "5"),
        WINDOW,
        ("APP_REDIS__URL", redis.as_str()),
        ("APP_HTTP__TRUSTED_PROXIES", "127.0.0.1/32"),
    ];
    let (one, other) = (Storage::sqlite(), Storage::sqlite());
    let replicas = [Server::start(&one, &settings), Server::start(&other, &settings)];
    let shops = replicas.each_ref().map(Shop::at);
    for number in 0..5 {
        ask(&shops[number % 2], &client).await.expect(200);
    }
    for shop in &shops {
        ask(shop, &client).await.expect(429);
    }
}

/// Clients of IPv6 are counted by their networks, the first half of an address: the random half
/// of an id.
fn fresh_address() -> Ipv6Addr {
    Ipv6Addr::from_bits(Uuid::now_v7().as_u128().rotate_left(64))
}
