//! What is measured of requests. Labels are made of what we know, never of what clients write:
//! each of their values is kept for ever, and clients could make up as many as they like.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use metrics::{gauge, histogram};

use crate::measurements::{IN_FLIGHT, REQUEST_DURATION};

/// Measures how long a request takes, how it goes, and how many there are at the same time.
pub(crate) async fn measure_requests(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = known_method(request.method().as_str());
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "none".to_owned(), |route| route.as_str().to_owned());
    let in_flight = InFlight::begin();
    let response = next.run(request).await;
    drop(in_flight);
    let status = response.status().as_str().to_owned();
    histogram!(REQUEST_DURATION, "method" => method, "route" => route, "status" => status)
        .record(begun.elapsed());
    response
}

/// The method, if a route may have it. Clients may send others.
#[must_use]
pub fn known_method(method: &str) -> &'static str {
    const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    KNOWN.into_iter().find(|known| *known == method).unwrap_or("other")
}

/// A request that is being answered. One that nobody waits for any more is dropped, and is not
/// counted then either.
struct InFlight;

impl InFlight {
    fn begin() -> Self {
        gauge!(IN_FLIGHT).increment(1);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!(IN_FLIGHT).decrement(1);
    }
}
