//! What a collector of traces gets: a real one would listen as the one here does.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value as AnyValue;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use prost::Message;
use reqwest::Method;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::client::Shop;
use crate::process::Server;
use crate::storage::Storage;

const PATIENCE: Duration = Duration::from_mins(1);
const ROUTE: &str = "/api/v1/products/{id}";
const PATH: &str = "/api/v1/products/00000000-0000-7000-8000-000000000000";

/// Takes traces on loopback.
#[derive(Clone, Default)]
struct Collector {
    requests: Arc<Mutex<Vec<ExportTraceServiceRequest>>>,
}

impl Collector {
    /// Begins to listen; gives where.
    async fn begin() -> (Self, String) {
        let collector = Self::default();
        let router = Router::new().route("/v1/traces", post(take)).with_state(collector.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port can be had");
        let address = listener.local_addr().expect("it has an address");
        tokio::spawn(async move { axum::serve(listener, router).await });
        (collector, format!("http://{address}"))
    }

    fn requests(&self) -> Vec<ExportTraceServiceRequest> {
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn spans(&self) -> Vec<Span> {
        let requests = self.requests().into_iter();
        let resources = requests.flat_map(|request| request.resource_spans);
        let scopes = resources.flat_map(|resource| resource.scope_spans);
        scopes.flat_map(|scope| scope.spans).collect()
    }

    /// The span of this name, once it is there.
    async fn span(&self, name: &str) -> Span {
        let begun = Instant::now();
        loop {
            let spans = self.spans();
            if let Some(span) = spans.iter().find(|span| span.name == name) {
                return span.clone();
            }
            assert!(begun.elapsed() < PATIENCE, "`{name}` does not come: {spans:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

async fn take(
    State(collector): State<Collector>,
    body: Bytes,
) -> ([(axum::http::HeaderName, &'static str); 1], Vec<u8>) {
    let request = ExportTraceServiceRequest::decode(body).expect("it is what OTLP describes");
    collector.requests.lock().unwrap_or_else(PoisonError::into_inner).push(request);
    // An empty answer, which means that everything was taken.
    ([(CONTENT_TYPE, "application/x-protobuf")], Vec::new())
}

fn text(attributes: &[KeyValue], key: &str) -> Option<String> {
    let attribute = attributes.iter().find(|attribute| attribute.key == key)?;
    match attribute.value.as_ref()?.value.as_ref()? {
        AnyValue::StringValue(text) => Some(text.clone()),
        AnyValue::IntValue(number) => Some(number.to_string()),
        other => panic!("{key} is {other:?}"),
    }
}

#[tokio::test]
async fn a_request_goes_on_with_the_trace_that_its_client_has_begun() {
    let (collector, endpoint) = Collector::begin().await;
    let storage = Storage::sqlite();
    let server = Server::start(
        &storage,
        &[("APP_TRACES__ENDPOINT", &endpoint), ("APP_TRACES__SERVICE", "shop-of-test")],
    );
    let shop = Shop::at(&server);
    let (trace, parent) = ("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331");
    let call = shop.guest().call(Method::GET, PATH);
    let call = call.header("traceparent", &format!("00-{trace}-{parent}-01"));
    call.send(Value::Null).await.expect(404);

    let span = collector.span(&format!("GET {ROUTE}")).await;
    let bytes = |text| u128::from_str_radix(text, 16).expect("it is a number").to_be_bytes();
    assert_eq!(span.trace_id, bytes(trace));
    assert_eq!(span.parent_span_id, bytes(parent)[8..]);
    assert_eq!(span.kind(), SpanKind::Server);
    assert_eq!(text(&span.attributes, "route").as_deref(), Some(ROUTE));
    assert_eq!(text(&span.attributes, "http.response.status_code").as_deref(), Some("404"));
    let statements = span.events.iter().filter_map(|event| text(&event.attributes, "summary"));
    assert_eq!(statements.count(), 1, "{:?}", span.events);
    let resource = collector.requests()[0].resource_spans[0].resource.clone();
    let service = text(&resource.expect("there is one").attributes, "service.name");
    assert_eq!(service.as_deref(), Some("shop-of-test"));
    server.stop();
}

/// What was not sent yet goes out before the process ends, and so soon that nobody has to wait.
#[tokio::test]
async fn nothing_is_lost_when_the_server_stops() {
    let (collector, endpoint) = Collector::begin().await;
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[("APP_TRACES__ENDPOINT", &endpoint)]);
    Shop::at(&server).guest().get("/livez").await.expect(200);
    let stopping = tokio::task::spawn_blocking(|| server.stop());
    stopping.await.expect("it stops");
    let spans = collector.spans();
    let span = spans.iter().find(|span| span.name == "GET /livez").expect("it was sent");
    assert!(span.parent_span_id.is_empty(), "nobody has begun it elsewhere");
    assert_eq!(span.trace_id.len(), 16);
}

#[tokio::test]
async fn a_collector_that_is_away_stops_nobody() {
    let storage = Storage::sqlite();
    let server = Server::start(
        &storage,
        &[("APP_TRACES__ENDPOINT", "http://127.0.0.1:1"), ("APP_LOG__FILTER", "info")],
    );
    Shop::at(&server).guest().get(PATH).await.expect(404);
    server.stop();
}

#[tokio::test]
async fn without_an_endpoint_a_trace_is_left_alone() {
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[]);
    let call = Shop::at(&server).guest().call(Method::GET, PATH);
    let header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    call.header("traceparent", header).send(Value::Null).await.expect(404);
    let output = server.stop();
    assert!(!output.contains("0af7651916cd43dd8448eb211c80319c"), "{output}");
}
