//! What is measured, and who can read it.

use std::sync::Arc;

use application::catalog::queries::{GetProduct, GetProductError};
use application::common::UseCase;
use application::ports::ProductDetails;
use async_trait::async_trait;
use domain::accounts::Role;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use presentation_http::UseCases;

use crate::world::{Call, Options, World};

const PATH: &str = "/api/v1/products/00000000-0000-7000-8000-000000000000";

/// Something that takes measurements on the thread of this test.
fn recorder() -> PrometheusRecorder {
    PrometheusBuilder::new().set_buckets(&[60.0]).expect("there are buckets").build_recorder()
}

fn world(page: PrometheusHandle, change: impl FnOnce(&mut UseCases)) -> World {
    let options = Options { measurements: Some(Arc::new(move || page.render())), ..Options::new() };
    World::with(options, change)
}

/// The value of a series.
fn value(page: &str, series: &str) -> Option<f64> {
    let line = page.lines().find_map(|line| line.strip_prefix(series))?;
    Some(line.trim().parse().expect("it is a number"))
}

fn requests(page: &str, method: &str, route: &str, status: u16) -> Option<f64> {
    let labels = format!(r#"method="{method}",route="{route}",status="{status}""#);
    value(page, &format!("http_server_request_duration_seconds_count{{{labels}}}"))
}

#[tokio::test]
async fn requests_are_counted_by_method_route_and_status() {
    let recorder = recorder();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let world = world(recorder.handle(), |_| ());
    let (_, token) = world.user("alice", Role::User).await;
    world.get("", PATH).await.problem(404);
    world.get("", "/api/v1/products/no-id").await.problem(422);
    world.get("", PATH).await.problem(404);
    world.get(&token, "/api/v1/account/me?secret=in-the-query").await;
    world.get("", "/api/v1/account/me").await.problem(401);
    let page = world.get("", "/metrics").await;
    assert_eq!(page.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let product = "/api/v1/products/{id}";
    assert_eq!(requests(&page.text, "GET", product, 404), Some(2.0), "{}", page.text);
    assert_eq!(requests(&page.text, "GET", product, 422), Some(1.0));
    assert_eq!(requests(&page.text, "GET", "/api/v1/account/me", 200), Some(1.0));
    assert_eq!(requests(&page.text, "GET", "/api/v1/account/me", 401), Some(1.0));
    assert!(page.text.contains("# HELP http_server_request_duration_seconds "));
    for written in ["0000-7000", "no-id", "in-the-query"] {
        assert!(!page.text.contains(written), "`{written}` is no label");
    }
}

#[tokio::test]
async fn clients_cannot_make_up_labels() {
    let recorder = recorder();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let world = world(recorder.handle(), |_| ());
    for path in ["/made-up", "/api/v1/made-up", "/api/v1/products/made/up"] {
        world.get("", path).await.problem(404);
    }
    world.send(Call::new("MADEUP", "/livez").empty()).await.problem(405);
    let page = world.get("", "/metrics").await.text;
    assert_eq!(requests(&page, "GET", "none", 404), Some(3.0), "{page}");
    assert_eq!(requests(&page, "other", "/livez", 405), Some(1.0));
    assert!(!page.to_lowercase().contains("made"), "{page}");
}

struct Hangs;

#[async_trait]
impl UseCase<GetProduct> for Hangs {
    async fn execute(&self, _: GetProduct) -> Result<ProductDetails, GetProductError> {
        std::future::pending().await
    }
}

#[tokio::test]
async fn requests_in_flight_are_counted_until_they_are_answered_or_given_up() {
    let recorder = recorder();
    let _guard = metrics::set_default_local_recorder(&recorder);
    let hang = |use_cases: &mut UseCases| use_cases.catalog.get_product = Arc::new(Hangs);
    let world = Arc::new(world(recorder.handle(), hang));
    let in_flight = |page: &str| value(page, "http_server_active_requests ");
    let client = tokio::spawn({
        let world = Arc::clone(&world);
        async move { world.get("", PATH).await }
    });
    tokio::task::yield_now().await;
    // The one that hangs, and the one that asks.
    assert_eq!(in_flight(&world.get("", "/metrics").await.text), Some(2.0));
    client.abort();
    assert!(client.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(in_flight(&world.get("", "/metrics").await.text), Some(1.0));
}

#[tokio::test]
async fn without_measurements_there_is_no_page() {
    let options = Options { measurements: None, ..Options::new() };
    let world = World::with(options, |_| ());
    world.get("", "/metrics").await.problem(404);
    let document = world.get("", "/openapi.json").await.json();
    assert!(document["paths"].get("/livez").is_some());
    assert!(document["paths"].get("/metrics").is_none());
}
