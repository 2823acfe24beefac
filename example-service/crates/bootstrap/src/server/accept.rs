//! Taking connections, and no more.

use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use axum::Router;
use axum_server::{Handle, from_tcp};
use tokio::time::timeout;

use crate::background::BackgroundTasks;
use crate::config::{Config, Profile};
use crate::failure::Failure;
use crate::stop::StopSignals;

/// How long a client may take to send the head of a request: connections that say nothing are
/// not kept.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// Takes the address.
pub(super) fn bind(address: SocketAddr) -> Result<TcpListener, Failure> {
    let bound = TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        Ok(listener)
    });
    bound.map_err(|source| Failure::Bind { address, source })
}

/// Answers requests until a signal says stop, or a background task is lost. A second signal
/// does not wait for requests in flight.
pub(super) async fn serve(
    config: &Config,
    router: Router,
    listener: TcpListener,
    signals: &mut StopSignals,
    tasks: &mut BackgroundTasks,
) -> Result<(), Failure> {
    let address = listener.local_addr()?;
    let handle = Handle::new();
    let mut server = from_tcp(listener)?.handle(handle.clone());
    server
        .http_builder()
        .http1()
        .timer(hyper_util::rt::TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut serving = tokio::spawn(server.serve(service));
    tracing::info!(profile = %config.profile, "listening at http://{address}");
    if config.profile == Profile::Local && !address.ip().is_loopback() {
        tracing::warn!(
            "other machines get in with secrets that everybody knows: use APP_PROFILE=prod"
        );
    }
    let lost = tokio::select! {
        ended = &mut serving => return ended.map_err(std::io::Error::other)?.map_err(Into::into),
        task = tasks.lost() => {
            tracing::error!(task, "a background task has ended by itself");
            Some(Failure::Task(task.to_owned()))
        }
        signal = signals.next() => {
            tracing::info!(signal, connections = handle.connection_count(), "stopping");
            None
        }
    };
    handle.graceful_shutdown(None);
    tokio::select! {
        ended = timeout(config.http.shutdown_timeout, &mut serving) => {
            if ended.is_err() {
                tracing::warn!("requests in flight took too long, and were cut off");
            }
        }
        signal = signals.next() => tracing::warn!(signal, "not waiting for requests in flight"),
    }
    handle.shutdown();
    lost.map_or(Ok(()), Err)
}
