//! The whole shop, from signing up to what an admin does, over each database: what is asked and
//! answered is the same in both, word for word.

mod administration;
mod buying;
mod logging_in;

use std::{env, fs};

use crate::client::Shop;
use crate::process::{Server, Setting};
use crate::storage::{Storage, on_both_databases};

on_both_databases!(everything);

async fn everything(storage: Storage) {
    // With as much in the log as it can hold, so that secrets would be seen there.
    // No jobs are done, so that a report is not sometimes ready when it is asked for.
    let mut settings: Vec<Setting<'_>> =
        vec![("APP_LOG__FILTER", "trace"), ("APP_JOBS__IN_PROCESS", "false")];
    let redis = env::var("TEST_REDIS_URL").unwrap_or_default();
    if storage.name() == "PostgreSQL" {
        assert!(!redis.is_empty(), "TEST_REDIS_URL is not set: use `scripts/with-services`");
        settings.extend([("APP_REDIS__URL", redis.as_str()), ("APP_REDIS__SESSIONS", "true")]);
    }
    let server = Server::start(&storage, &settings);
    let shop = Shop::at(&server);
    let people = logging_in::sign_up_and_log_in(&shop).await;
    buying::sell_and_buy(&shop, &people).await;
    buying::turn_pages(&shop, &people).await;
    logging_in::end_sessions(&shop).await;
    logging_in::refresh(&shop).await;
    logging_in::recover(&shop).await;
    administration::administer(&shop, &people).await;
    let output = server.stop();
    assert!(output.matches("answered").count() > 50, "requests are logged:\n{output}");
    for secret in shop.secrets() {
        assert!(!output.contains(&secret), "the output shows the secret `{secret}`");
    }
    keep("everything", &shop.transcript().text(), storage.name());
}

/// Keeps what was said in a file, and compares it with what is to be said.
pub(crate) fn keep(flow: &str, transcript: &str, name: &str) {
    let folder = concat!(env!("CARGO_TARGET_TMPDIR"), "/transcripts");
    fs::create_dir_all(folder).expect("a folder can be made");
    let file = format!("{folder}/{flow} {name}.txt");
    fs::write(&file, transcript).expect("a file can be written");
    println!("{transcript}\nThis is kept in {file}");
    insta::assert_snapshot!(flow, transcript);
}
