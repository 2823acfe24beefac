//! Counts the SQL statements of each request: sqlx tells of every one that it runs, and the span
//! in which it does so tells for which request.

use std::fmt::Debug;
use std::sync::atomic::{AtomicU32, Ordering};

use metrics::histogram;
use presentation_http::{REQUEST_STATEMENTS, known_method};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::{Event, Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;

/// Where sqlx tells of statements.
const OF_SQLX: &str = "sqlx::query";
/// Where the spans of requests are made.
const OF_REQUESTS: &str = "presentation_http";
/// What these spans are called.
const REQUEST: &str = "request";

/// Counts statements that read or write.
pub(super) struct CountStatements;

/// What it has to see.
pub(super) fn filter() -> Targets {
    Targets::new().with_target(OF_REQUESTS, Level::INFO).with_target(OF_SQLX, Level::DEBUG)
}

/// The statements of one request so far.
struct Count {
    method: &'static str,
    route: String,
    statements: AtomicU32,
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for CountStatements {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let metadata = attributes.metadata();
        if metadata.name() != REQUEST || !metadata.target().starts_with(OF_REQUESTS) {
            return;
        }
        let mut fields = Fields::default();
        attributes.record(&mut fields);
        let (method, route) = (known_method(&fields.method), fields.route);
        if let Some(span) = context.span(id) {
            let statements = AtomicU32::new(0);
            span.extensions_mut().insert(Count { method, route, statements });
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() != OF_SQLX {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        if is_upkeep(&fields.summary) {
            return;
        }
        for span in context.event_scope(event).into_iter().flatten() {
            if let Some(count) = span.extensions().get::<Count>() {
                count.statements.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let count = context.span(&id).and_then(|span| span.extensions_mut().remove::<Count>());
        if let Some(Count { method, route, statements }) = count {
            histogram!(REQUEST_STATEMENTS, "method" => method, "route" => route)
                .record(statements.into_inner());
        }
    }
}

/// Whether a statement neither reads nor writes. BEGIN, COMMIT and ROLLBACK are told of with one
/// database and not with another; a PRAGMA sets up a connection, for which request is chance.
fn is_upkeep(summary: &str) -> bool {
    let word = summary.split([' ', ';']).next().unwrap_or_default();
    ["BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"].contains(&word)
}

/// The fields that are of interest.
#[derive(Default)]
struct Fields {
    method: String,
    route: String,
    summary: String,
}

impl Visit for Fields {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "method" => value.clone_into(&mut self.method),
            "route" => value.clone_into(&mut self.route),
            "summary" => value.clone_into(&mut self.summary),
            _ => {}
        }
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "method" {
            self.method = format!("{value:?}");
        }
    }
}
