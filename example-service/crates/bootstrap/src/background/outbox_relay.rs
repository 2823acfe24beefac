//! Telling what has happened, again and again.

use std::time::Duration;

use application::outbox::commands::RelayOutbox;
use presentation_http::Run;
use tokio_util::sync::CancellationToken;

/// The most events that are told in one go.
const AT_ONCE: u32 = 100;
/// How long to wait when nothing has happened.
const PAUSE: Duration = Duration::from_secs(1);
/// How long to wait after a failure.
const LONG_PAUSE: Duration = Duration::from_secs(5);

/// Tells what has happened until it is told to stop.
pub async fn relay_outbox(relay: Run<RelayOutbox>, stop: CancellationToken) {
    while !stop.is_cancelled() {
        let pause = match relay.execute(RelayOutbox { limit: AT_ONCE }).await {
            Ok(AT_ONCE) => continue,
            Ok(_) => PAUSE,
            Err(error) => {
                tracing::error!(error = &error as &dyn std::error::Error, "events are not told");
                LONG_PAUSE
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
}
