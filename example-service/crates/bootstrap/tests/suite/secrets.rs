//! Secrets that are set, and what the process writes.

use serde_json::json;

use crate::client::Shop;
use crate::configuration::PROD;
use crate::process::{Server, Setting, run_migrate, run_server};
use crate::storage::{Storage, on_both_databases};

const LOG_IN: &str = "/api/v1/account/login";

on_both_databases!(what_is_set_is_never_written);

/// Settings of `prod` over this database, with a secret for everything that has one.
fn settings(url: &str) -> Vec<Setting<'_>> {
    let mut settings: Vec<Setting<'_>> = PROD.to_vec();
    settings.retain(|(name, _)| *name != "APP_DATABASE__URL");
    settings.extend([
        ("APP_DATABASE__URL", url),
        ("APP_SUPERUSER__USERNAME", "the.boss"),
        ("APP_SUPERUSER__EMAIL", "boss@example.com"),
        ("APP_SUPERUSER__PASSWORD", "a password that nobody knows"),
        ("APP_REDIS__URL", "redis://:a-password-of-redis@127.0.0.1:1"),
        ("APP_MAIL__SMTP_URL", "smtp://ann:a-password-for-mail@127.0.0.1:1"),
        ("APP_LOG__FILTER", "trace"),
    ]);
    settings
}

/// Asserts that a text shows none of the secrets.
fn assert_silent(text: &str, settings: &[Setting<'_>]) {
    let whole = settings
        .iter()
        .filter(|(name, _)| ["KEY", "PEPPER", "PASSWORD"].iter().any(|end| name.ends_with(end)));
    let whole = whole.map(|(_, value)| *value);
    // Of addresses it is the password that is secret.
    let parts = ["a-password-of-redis", "a-password-for-mail", "a-password-of-the-database"];
    for secret in whole.chain(parts).chain(["marketplace:marketplace@"]) {
        assert!(!text.contains(secret), "`{secret}` is shown:\n{text}");
    }
}

async fn what_is_set_is_never_written(storage: Storage) {
    let url = storage.url();
    let settings = settings(&url);
    let outdated = run_server(storage.folder(), &settings);
    assert_eq!(outdated.status.code(), Some(3), "{}", outdated.errors);
    assert!(outdated.errors.contains("run `migrate up`"), "{}", outdated.errors);
    assert_silent(&(outdated.output + &outdated.errors), &settings);
    let migrated = run_migrate(storage.folder(), &["up"], &settings);
    assert_eq!(migrated.status.code(), Some(0), "{}", migrated.errors);
    assert_silent(&(migrated.output + &migrated.errors), &settings);

    let server = Server::start(&storage, &settings);
    let shop = Shop::at(&server);
    // Nothing that is for one's own machine is there.
    let guest = shop.guest();
    assert_eq!(guest.get("/docs").await.problem(404), "not-found");
    let known = json!({ "login": "superuser", "password": "only for local use" });
    assert_eq!(guest.post(LOG_IN, known).await.problem(401), "invalid-credentials");
    let own = json!({ "login": "the.boss", "password": "a password that nobody knows" });
    let answer = guest.post(LOG_IN, own).await.expect(200);
    assert!(answer.cookie().starts_with("__Host-session="), "{}", answer.header("set-cookie"));
    assert!(answer.header("set-cookie").contains("Secure"));
    assert!(answer.header("strict-transport-security").contains("max-age"));
    let boss = shop.log_in("the.boss", "a password that nobody knows").await;
    boss.get("/api/v1/account/me").await.expect(200);
    let wrong = json!({ "login": "the.boss", "password": "a guess at a password" });
    shop.guest().post(LOG_IN, wrong).await.expect(401);
    let output = server.stop();
    assert!(output.contains("the.boss") && output.contains("the rate limiter does not answer"));
    assert_silent(&output, &settings);
    for secret in shop.secrets() {
        assert!(!output.contains(&secret), "`{secret}` is shown");
    }
    for line in output.lines() {
        let line = serde_json::from_str::<serde_json::Value>(line);
        line.expect("in `prod` every line is JSON");
    }
}

#[test]
fn errors_show_no_secret() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let refused = |url: &str, expected: i32, words: &str| {
        let mut settings = settings(url);
        settings.push(("APP_DATABASE__WAIT", "1s"));
        let ended = run_server(folder.path(), &settings);
        assert_eq!(ended.status.code(), Some(expected), "{}", ended.errors);
        assert!(ended.errors.contains(words), "{}", ended.errors);
        assert_silent(&(ended.output + &ended.errors), &settings);
    };
    refused("mysql://shop:a-password-of-the-database@127.0.0.1/shop", 2, "`database.url` is wrong");
    refused(
        "postgres://shop:a-password-of-the-database@127.0.0.1:x/shop",
        3,
        "no address of a PostgreSQL",
    );
    refused(
        "postgres://shop:a-password-of-the-database@127.0.0.1:1/shop",
        3,
        "could not be reached",
    );
}
