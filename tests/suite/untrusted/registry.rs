//! A registry that the workspace names: it is asked for crates, and shown no token.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use layers_tests::tree;

use super::{direct, timely};

/// A registry that demands tokens; it keeps what it is asked.
fn registry() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&asked);
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            answer(stream, port, &kept);
        }
    });
    (port, asked)
}

fn answer(mut stream: TcpStream, port: u16, kept: &Mutex<Vec<String>>) {
    let reader = BufReader::new(stream.try_clone().expect("a second handle"));
    let head: Vec<String> =
        reader.lines().map_while(Result::ok).take_while(|it| !it.is_empty()).collect();
    kept.lock().expect("not poisoned").push(head.join("\n"));
    let is_open = head.first().is_some_and(|line| line.contains("/config.json"));
    let has_token = head.iter().any(|line| line.to_ascii_lowercase().starts_with("authorization:"));
    let body = format!(
        "{{\"dl\":\"http://127.0.0.1:{port}/dl\",\"api\":\"http://127.0.0.1:{port}\",\"auth-required\":true}}"
    );
    let (status, body) = match (is_open, has_token) {
        (true, true) => ("200 OK", body.as_str()),
        (false, true) => ("404 Not Found", ""),
        (_, false) => {
            ("401 Unauthorized\r\nWWW-Authenticate: Cargo login_url=\"http://127.0.0.1/\"", "")
        }
    };
    let length = body.len();
    // Cargo may have gone away.
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
}

#[test]
fn no_token_goes_where_the_repository_says() {
    let (port, asked) = registry();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = camino::Utf8Path::from_path(folder.path()).expect("UTF-8");
    let index = format!("sparse+http://127.0.0.1:{port}/");
    for (path, text) in [
        (
            "home/config.toml",
            "[registry]\nglobal-credential-providers = [\"cargo:token\"]\n".to_owned(),
        ),
        ("home/credentials.toml", "[registries.ours]\ntoken = \"hunter2\"\n".to_owned()),
        (
            "own/Cargo.toml",
            "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
             [dependencies]\nthing = { version = \"1\", registry = \"ours\" }\n"
                .to_owned(),
        ),
        ("own/src/lib.rs", String::new()),
        ("own/.cargo/config.toml", format!("[registries.ours]\nindex = \"{index}\"\n")),
        (
            "own/layers.toml",
            "[rules.none]\nforbid = { from = \"shop\", to = \"inner\", via = \"any\" }\n"
                .to_owned(),
        ),
        (
            "own/Cargo.lock",
            format!(
                "version = 4\n\n[[package]]\nname = \"shop\"\nversion = \"0.1.0\"\n\
                 dependencies = [\n \"thing\",\n]\n\n[[package]]\nname = \"thing\"\n\
                 version = \"1.0.0\"\nsource = \"{index}\"\nchecksum = \"{}\"\n",
                "0".repeat(64)
            ),
        ),
    ] {
        tree::write(&root.join(path), &text);
    }
    let shown = || {
        let mut asked = asked.lock().expect("not poisoned");
        let texts = std::mem::take(&mut *asked);
        (!texts.is_empty(), texts.iter().any(|text| text.contains("hunter2")))
    };
    let home = root.join("home");
    let run = timely(direct(&root.join("own"), &["check"]).env("CARGO_HOME", &home));
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.stderr.contains("the dependencies of outside crates are not known"), "{run:?}");
    assert_eq!(shown(), (true, false), "the registry is asked, and shown no token: {run:?}");
    // Plain Cargo shows it.
    let mut cargo = std::process::Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--format-version", "1"]).env("CARGO_HOME", &home);
    let _ = timely(cargo.current_dir(root.join("own")));
    assert_eq!(shown(), (true, true));
}
