//! How the server stops, and what it says when it cannot start.

use std::collections::BTreeSet;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::client::{Client, Shop};
use crate::process::{Server, run_server};
use crate::storage::{Storage, on_both_databases};

on_both_databases!(what_was_acknowledged_is_kept, requests_in_flight_are_answered);

/// Offers products one after the other until the server does not answer any more, and gives
/// those that were acknowledged.
async fn offer_on_and_on(
    seller: &Client,
    number: usize,
    acknowledged: &AtomicUsize,
) -> Vec<String> {
    let mut ids = Vec::new();
    loop {
        let product = json!({ "name": format!("Tea {number}"), "description": "", "stock": 1,
            "price": { "amount": 350, "currency": "EUR" } });
        // Whoever is not let in any more, or is cut off, gets no answer.
        let Ok(answer) = seller.try_post("/api/v1/products", &product).await else { return ids };
        match answer.status {
            201 => {
                ids.push(answer.id());
                acknowledged.fetch_add(1, Ordering::SeqCst);
            }
            // Of twenty who write at once on a machine that does much else, one may wait for too
            // long, and has to ask again.
            _ => assert_eq!(answer.problem(503), "unavailable"),
        }
    }
}

async fn what_was_acknowledged_is_kept(storage: Storage) {
    let server = Server::start(&storage, &[]);
    let seller = &Shop::at(&server).user("alice").await;
    let acknowledged = &AtomicUsize::new(0);
    let offers = join_all((0..20).map(|number| offer_on_and_on(seller, number, acknowledged)));
    let stop = async {
        while acknowledged.load(Ordering::SeqCst) < 60 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        tokio::task::block_in_place(|| server.stop())
    };
    let (ids, output) = tokio::join!(offers, stop);
    assert!(output.contains("stopping") && output.trim_end().ends_with("stopped"), "{output}");
    let ids: BTreeSet<String> = ids.into_iter().flatten().collect();
    assert!(ids.len() >= 60);

    let server = Server::start(&storage, &[]);
    let guest = Shop::at(&server).guest();
    let (mut found, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let page =
            guest.get(&format!("/api/v1/products?limit=100{cursor}")).await.expect(200).json();
        let items = page["items"].as_array().expect("there are items");
        found.extend(items.iter().filter_map(|item| item["id"].as_str().map(str::to_owned)));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let lost: Vec<_> = ids.difference(&found).collect();
    assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), ids.len());
    server.stop();
}

/// Sends the head of a request and half of its body, once the server asks for it; gives the
/// connection and the rest.
async fn half_a_request(server: &Server) -> (TcpStream, &'static [u8]) {
    let body = r#"{"username":"alice","email":"alice@example.com","password":"correct horse"}"#;
    let (half, rest) = body.as_bytes().split_at(body.len() / 2);
    let head = format!(
        "POST /api/v1/account/signup HTTP/1.1\r\nhost: shop\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let mut stream = TcpStream::connect(server.address()).await.expect("it can be reached");
    stream.write_all(head.as_bytes()).await.expect("it listens");
    let mut answer = [0; 25];
    stream.read_exact(&mut answer).await.expect("it asks for the body");
    assert_eq!(&answer, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(half).await.expect("it listens");
    (stream, rest)
}

/// Waits until the server says something.
async fn until_it_says(server: &Server, words: &str, times: usize) {
    let begun = Instant::now();
    while server.output().matches(words).count() < times {
        assert!(begun.elapsed() < Duration::from_mins(1), "{}", server.output());
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn requests_in_flight_are_answered(storage: Storage) {
    let server = Server::start(&storage, &[("APP_HTTP__SHUTDOWN_TIMEOUT", "1min")]);
    let (mut stream, rest) = half_a_request(&server).await;
    server.signal("TERM");
    let begun = Instant::now();
    while TcpStream::connect(server.address()).await.is_ok() {
        assert!(begun.elapsed() < Duration::from_secs(30), "connections are taken still");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    stream.write_all(rest).await.expect("it listens");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
    let ended = tokio::task::block_in_place(|| server.ended());
    assert_eq!(ended.status.code(), Some(0), "{}", ended.output);
    let server = Server::start(&storage, &[]);
    Shop::at(&server).log_in("alice", "correct horse").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_in_flight_are_not_waited_for_forever() {
    let storage = Storage::sqlite();
    for (signals, shutdown_timeout, words) in [
        (1, "1s", "took too long, and were cut off"),
        (2, "1h", "not waiting for requests in flight"),
    ] {
        let server = Server::start(&storage, &[("APP_HTTP__SHUTDOWN_TIMEOUT", shutdown_timeout)]);
        let (_stream, _) = half_a_request(&server).await;
        let begun = Instant::now();
        for _ in 0..signals {
            server.signal("INT");
            until_it_says(&server, "stopping", 1).await;
        }
        let ended = tokio::task::block_in_place(|| server.ended());
        assert!(begun.elapsed() < Duration::from_secs(30));
        assert_eq!(ended.status.code(), Some(0), "{}", ended.output);
        assert!(ended.output.contains(words), "{}", ended.output);
    }
}

#[test]
fn what_keeps_the_server_from_starting_is_told_without_a_backtrace() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let taken = TcpListener::bind("127.0.0.1:0").expect("there is a port");
    let taken = taken.local_addr().map(|address| (taken, address.to_string())).expect("it has one");
    let refused = |settings: &[(&str, &str)], code: i32, words: &[&str]| {
        let mut all = vec![("RUST_BACKTRACE", "1")];
        all.extend(settings);
        let ended = run_server(folder.path(), &all);
        assert_eq!(ended.status.code(), Some(code), "{}", ended.errors);
        for word in words {
            assert!(ended.errors.contains(word), "`{word}` is missing in:\n{}", ended.errors);
        }
        assert!(ended.errors.starts_with("error: "), "{}", ended.errors);
        assert!(!ended.errors.contains("backtrace"), "{}", ended.errors);
    };
    refused(&[("APP_HTTP__BIND", &taken.1)], 1, &["cannot listen at 127.0.0.1:", "APP_HTTP__BIND"]);
    refused(
        &[("APP_HTTP__BND", "1")],
        2,
        &["the settings are wrong", "did you mean APP_HTTP__BIND"],
    );
    for (setting, value, word) in [
        ("APP_JOBS__CLEAN_UP", "every hour", "`0 0 * * * *`"),
        ("APP_JOBS__HEARTBEAT_INTERVAL", "0s", "it is no time at all"),
        ("APP_JOBS__KEEP_DONE", "9m", "handed over twice"),
        ("APP_JOBS__MISSED_HEARTBEATS", "1", "taken for dead"),
    ] {
        refused(&[(setting, value)], 2, &["is wrong", setting, word]);
    }
    refused(
        &[("APP_HTTP__ALLOWED_ORIGINS", "shop.example.com")],
        2,
        &["`http.allowed_origins` is wrong", "https://shop.example.com"],
    );
    refused(
        &[("APP_RATE_LIMIT__WINDOW", "0s")],
        2,
        &["`rate_limit.window` is wrong", "at least a microsecond"],
    );
    refused(&[("APP_LOG__FILTER", "a=b=c")], 2, &["`log.filter` is wrong"]);
    refused(&[("APP_MAIL__SMTP_URL", "http://mail")], 2, &["`mail.smtp_url` is wrong", "smtp://"]);
    refused(&[("APP_REDIS__URL", "http://redis")], 2, &["`redis.url` is wrong", "redis://"]);
    refused(&[("APP_DATABASE__URL", "sqlite:///nowhere/shop.db")], 3, &["/nowhere/shop.db"]);
    refused(
        &[("APP_SUPERUSER__USERNAME", "a")],
        2,
        &["`superuser.username` is wrong", "5 to 20", "APP_SUPERUSER__USERNAME"],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_waits_for_its_database_can_be_stopped() {
    let storage = Storage::sqlite();
    let nobody = "postgres://shop@127.0.0.1:1/shop";
    let settings = [("APP_DATABASE__URL", nobody), ("APP_DATABASE__WAIT", "1h")];
    let server = Server::begin(&storage, &settings);
    until_it_says(&server, "the database does not answer yet", 1).await;
    let output = tokio::task::block_in_place(|| server.stop());
    assert!(output.contains("stopped before it had started"), "{output}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_waits_for_a_database_that_starts_later() {
    let storage = Storage::postgres().await;
    let (host, port) = storage.server();
    // A port that is taken, and where nobody listens yet.
    let door = TcpSocket::new_v4().expect("there are sockets");
    door.bind(([127, 0, 0, 1], 0).into()).expect("there is a port");
    let address = door.local_addr().expect("it has an address").to_string();
    let url = storage.url().replace(&format!("{host}:{port}"), &address);
    let server = Server::begin(&storage, &[("APP_DATABASE__URL", &url)]);
    until_it_says(&server, "the database does not answer yet", 2).await;
    let listener = door.listen(64).expect("one can listen");
    let opened = tokio::spawn(async move {
        loop {
            let (mut client, _) = listener.accept().await.expect("it can be taken");
            let mut database =
                TcpStream::connect((host.as_str(), port)).await.expect("it is there");
            tokio::spawn(async move {
                // Whichever of them ends it, the other has to live with that.
                drop(tokio::io::copy_bidirectional(&mut client, &mut database).await);
            });
        }
    });
    let server = tokio::task::block_in_place(|| server.wait());
    Shop::at(&server).until_ready().await;
    tokio::task::block_in_place(|| server.stop());
    opened.abort();
}

#[test]
fn who_lets_other_machines_in_with_known_secrets_is_warned() {
    let storage = Storage::sqlite();
    let warning = "other machines get in";
    let here = Server::start(&storage, &[]).stop();
    assert!(!here.contains(warning), "{here}");
    let everywhere = Server::start(&storage, &[("APP_HTTP__BIND", "0.0.0.0:0")]).stop();
    assert!(everywhere.contains(warning), "{everywhere}");
}
