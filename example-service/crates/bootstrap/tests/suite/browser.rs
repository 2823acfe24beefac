//! The page about the API in a real browser, which `scripts/chromium` installs where it is
//! missing.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use serde_json::Value;

use crate::client::Shop;
use crate::process::Server;
use crate::storage::Storage;

/// Where Chromium is.
fn chromium() -> String {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/chromium");
    let found = Command::new(script).output().expect("the script can be run");
    assert!(found.status.success(), "{}", String::from_utf8_lossy(&found.stderr));
    String::from_utf8(found.stdout).expect("a path").trim().to_owned()
}

/// Opens a page, and gives what the browser has made of it.
fn open(url: &str, folder: &Path, arguments: &[&str]) -> String {
    let profile = tempfile::tempdir().expect("a folder can be made");
    let run = Command::new(chromium())
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        // The browser has errands of its own, which lead nowhere.
        .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("--log-net-log={}", folder.join("net.json").display()))
        .args(["--virtual-time-budget=30000", "--dump-dom"])
        .args(arguments)
        .arg(url)
        .output()
        .expect("Chromium can be started");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).expect("the page is text")
}

/// The words of a page, without what marks them up.
fn words(page: &str) -> String {
    let mut words = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        words.push(' ');
        // What scripts and styles hold are no words.
        let end = ["script", "style"].into_iter().find(|name| after.starts_with(name));
        let end = end.map_or_else(|| ">".to_owned(), |name| format!("</{name}>"));
        rest = after.split_once(&end).map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the page itself has asked for, by the log of the browser.
fn requests_of(origin: &str, log: &Path) -> Vec<String> {
    let log: Value = serde_json::from_slice(&fs::read(log).expect("there is a log")).expect("JSON");
    let begins = &log["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"];
    let events = log["events"].as_array().expect("there are events");
    let requests = events.iter().filter(|event| event["type"] == *begins);
    let of_page = requests.filter(|request| request["params"]["initiator"] == origin);
    of_page.filter_map(|request| request["params"]["url"].as_str().map(str::to_owned)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_about_the_api_shows_every_operation_and_asks_nobody_else() {
    let storage = Storage::sqlite();
    let server = Server::start(&storage, &[]);
    let origin = format!("http://{}", server.address());
    let page = format!("{origin}/docs");
    // What is outside of the window is not rendered, so that the window is as high as the page.
    let high = open(&page, storage.folder(), &["--window-size=1280,30000"]);
    let described = Shop::at(&server).guest().get("/openapi.json").await.expect(200).json();
    let paths = described["paths"].as_object().expect("there are paths");
    let mut operations = 0;
    let shown = words(&high);
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().expect("there are methods") {
            assert!(shown.contains(&format!("{method} {path}")), "{method} {path} is not shown");
            let summary = operation["summary"].as_str().expect("it says what it does");
            assert!(!summary.ends_with('.'), "{summary}");
            operations += 1;
        }
    }
    assert!(operations >= 40, "{operations}");

    let requests = requests_of(&origin, &storage.folder().join("net.json"));
    for needed in ["/docs/scalar.js", "/openapi.json"] {
        let needed = format!("{origin}{needed}");
        assert!(requests.contains(&needed), "{needed} was not asked for: {requests:?}");
    }
    let elsewhere: Vec<_> = requests.iter().filter(|url| !url.starts_with(&origin)).collect();
    assert!(elsewhere.is_empty(), "the page asks others: {elsewhere:?}");

    let picture = Path::new(env!("CARGO_TARGET_TMPDIR")).join("docs.png");
    let shot = format!("--screenshot={}", picture.display());
    open(&page, storage.folder(), &["--window-size=1280,900", &shot]);
    let bytes = fs::metadata(&picture).expect("there is a picture").len();
    assert!(bytes > 20_000, "the picture {} is almost empty", picture.display());
    println!("This is what it looks like: {}", picture.display());
    server.stop();
}
