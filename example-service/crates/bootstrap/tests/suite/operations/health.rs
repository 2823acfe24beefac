//! The program that asks a server whether it lives.

use std::net::TcpListener;

use crate::process::{Server, run_healthcheck};
use crate::storage::Storage;

#[tokio::test]
async fn a_server_that_lives_is_healthy_and_one_that_does_not_is_not() {
    let storage = Storage::sqlite();
    // The port is free now, and is asked for by nobody else on loopback.
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port can be had");
    let port = listener.local_addr().expect("it has an address").port();
    drop(listener);
    // As in the image: the server listens everywhere, and is asked on loopback.
    let bind = format!("0.0.0.0:{port}");
    let settings = [("APP_HTTP__BIND", bind.as_str())];
    let ended = run_healthcheck(storage.folder(), &settings);
    assert_eq!(ended.status.code(), Some(1), "{}", ended.errors);

    let server = Server::start(&storage, &settings);
    let ended = run_healthcheck(storage.folder(), &settings);
    assert_eq!(ended.status.code(), Some(0), "{}", ended.errors);
    server.stop();
}
