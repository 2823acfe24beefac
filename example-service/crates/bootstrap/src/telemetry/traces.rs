//! Exports traces by OTLP over HTTP, when the settings say where to. A trace that began before
//! the request, and says so by the header `traceparent` of W3C, goes on in it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use opentelemetry::global;
use opentelemetry::trace::{FutureExt, TracerProvider};
use opentelemetry_http::HeaderExtractor;
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::propagation::TraceContextPropagator;
use opentelemetry_sdk::trace::{Sampler, SdkTracerProvider};
use tracing::{Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use crate::config::Config;
use crate::failure::Failure;

/// What makes traces, and sends them.
pub(super) struct Traces {
    provider: SdkTracerProvider,
}

impl Traces {
    /// Begins to send traces, if the settings say where to. Whether anybody is there does not
    /// matter: what cannot be sent is dropped.
    pub(super) fn begin(config: &Config) -> Result<Option<Self>, Failure> {
        let Some(endpoint) = &config.traces.endpoint else { return Ok(None) };
        let exporter = SpanExporter::builder()
            .with_http()
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint(format!("{}/v1/traces", endpoint.trim_end_matches('/')))
            .build()
            .map_err(|error| config.problem("traces.endpoint", error))?;
        if !(0.0..=1.0).contains(&config.traces.ratio) {
            return Err(config.problem("traces.ratio", "it is not from 0 to 1").into());
        }
        let some = Sampler::TraceIdRatioBased(config.traces.ratio);
        let service = Resource::builder().with_service_name(config.traces.service.clone());
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_sampler(Sampler::ParentBased(Box::new(some)))
            .with_resource(service.build())
            .build();
        global::set_text_map_propagator(TraceContextPropagator::new());
        Ok(Some(Self { provider }))
    }

    /// What makes a trace of each request: its span, and what happens within, statements too.
    /// Statements have no values, which are sent apart from them.
    pub(super) fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        let seen =
            Targets::new().with_default(Level::INFO).with_target("sqlx::query", Level::DEBUG);
        let tracer = self.provider.tracer("marketplace");
        tracing_opentelemetry::layer().with_tracer(tracer).with_filter(seen)
    }

    /// Sends what was not sent yet, and no more after that.
    pub(super) fn end(&self) {
        if let Err(error) = self.provider.shutdown() {
            tracing::warn!(%error, "some traces were not sent");
        }
    }
}

/// Lets a trace that began elsewhere go on in the request.
pub(crate) async fn take_over_trace(request: Request, next: Next) -> Response {
    let begun = global::get_text_map_propagator(|propagator| {
        propagator.extract(&HeaderExtractor(request.headers()))
    });
    next.run(request).with_context(begun).await
}
