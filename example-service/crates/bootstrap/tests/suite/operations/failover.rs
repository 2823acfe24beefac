//! When the database goes away under load, and comes back.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinSet;

use super::services::Service;
use crate::client::{Client, Shop};
use crate::process::Server;
use crate::storage::Storage;

/// How long everything may take, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(2);
const SELLERS: u32 = 8;

/// How often the database was restarted, and how many products each seller adds between.
const RESTARTS: u32 = 3;
const ENOUGH: u32 = 5;

/// Adds products until the database was restarted as often as it is to be, and enough were added
/// after that; gives those that the service has said were added.
async fn sell(seller: Client, restarts: Arc<AtomicU32>) -> Vec<String> {
    let begun = Instant::now();
    let body = json!({ "name": "Teapot", "description": "", "stock": 1,
        "price": { "amount": 100, "currency": "EUR" } });
    let (mut added, mut since_restart) = (Vec::new(), 0);
    let mut seen = restarts.load(Ordering::SeqCst);
    while seen < RESTARTS || since_restart < ENOUGH {
        assert!(begun.elapsed() < PATIENCE, "the service does not recover");
        let answer = seller.post("/api/v1/products", body.clone()).await;
        match answer.status {
            201 => {
                added.push(answer.id());
                since_restart += 1;
            }
            // Nothing else may come of it, least of all that the fault is ours.
            _ => assert_eq!(answer.problem(503), "unavailable"),
        }
        let now = restarts.load(Ordering::SeqCst);
        if now != seen {
            (seen, since_restart) = (now, 0);
        }
    }
    added
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_was_acknowledged_is_lost_and_the_service_recovers() {
    let postgres = Service::postgres();
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[("APP_DATABASE__URL", postgres.url())]);
    let shop = Shop::at(&server);
    let restarts = Arc::new(AtomicU32::new(0));
    let mut sellers = JoinSet::new();
    for number in 0..SELLERS {
        let seller = shop.user(&format!("seller{number}")).await;
        sellers.spawn(sell(seller, restarts.clone()));
    }
    let restarting = tokio::task::spawn_blocking(move || {
        for _ in 0..RESTARTS {
            postgres.restart();
            restarts.fetch_add(1, Ordering::SeqCst);
        }
        postgres
    });
    let postgres = restarting.await.expect("the database can be restarted");
    let acknowledged: BTreeSet<String> = sellers.join_all().await.into_iter().flatten().collect();
    assert!(acknowledged.len() >= (SELLERS * ENOUGH) as usize, "{}", acknowledged.len());
    let kept = products(&shop).await;
    let lost: Vec<&String> = acknowledged.difference(&kept).collect();
    assert!(lost.is_empty(), "of {} products {lost:?} are lost", acknowledged.len());
    shop.until_ready().await;
    let output = server.stop();
    assert!(output.contains("ERROR"), "the log tells of it:\n{output}");
    drop(postgres);
}

/// The ids of all products.
async fn products(shop: &Shop) -> BTreeSet<String> {
    let (mut ids, mut path) = (BTreeSet::new(), "/api/v1/products?limit=100".to_owned());
    loop {
        let page = shop.guest().get(&path).await.expect(200).json();
        let items = page["items"].as_array().expect("there are items");
        ids.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
        let Some(cursor) = page["next_cursor"].as_str() else { return ids };
        path = format!("/api/v1/products?limit=100&cursor={cursor}");
    }
}
