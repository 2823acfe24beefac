//! The program that asks a server whether it lives.

use std::time::{Duration, Instant};

use tokio::net::TcpSocket;

use crate::process::{Server, run_healthcheck};
use crate::storage::Storage;

/// How long a server that lives may answer too late, on a machine that does much else.
const PATIENCE: Duration = Duration::from_mins(1);

/// What the program says of the port of this address. As in the image, the server is set to
/// listen everywhere, and is asked on loopback.
fn health(storage: &Storage, address: &str) -> (Option<i32>, String) {
    let (_, port) = address.rsplit_once(':').expect("an address has a port");
    let bind = format!("0.0.0.0:{port}");
    let ended = run_healthcheck(storage.folder(), &[("APP_HTTP__BIND", &bind)]);
    (ended.status.code(), ended.errors)
}

#[tokio::test]
async fn a_server_that_lives_is_healthy_and_one_that_does_not_is_not() {
    let storage = Storage::sqlite();
    // A port that is taken, so that nobody else gets it, and where nobody listens.
    let dead = TcpSocket::new_v4().expect("there are sockets");
    dead.bind(([127, 0, 0, 1], 0).into()).expect("there is a port");
    let address = dead.local_addr().expect("it has an address").to_string();
    let (code, errors) = health(&storage, &address);
    assert_eq!(code, Some(1), "{errors}");

    let server = Server::start(&storage, &[("APP_HTTP__BIND", "0.0.0.0:0")]);
    // It is asked again, as in the image: an answer that takes two seconds counts as none.
    let begun = Instant::now();
    let (mut code, mut errors) = health(&storage, server.address());
    while code != Some(0) && begun.elapsed() < PATIENCE {
        (code, errors) = health(&storage, server.address());
    }
    assert_eq!(code, Some(0), "{errors}");
    server.stop();
}
