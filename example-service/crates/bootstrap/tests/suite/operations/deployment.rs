//! What the files for containers set.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bootstrap::config::{CONFIG_DIR, PROFILE, keys};

use crate::client::Shop;
use crate::process::{Server, run_migrate};
use crate::storage::Storage;

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// The variables of the environment that a text names.
fn variables(text: &str) -> BTreeSet<String> {
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter == '_';
    let words = text.split(|letter| !is_part(letter));
    words.filter(|word| word.starts_with("APP_")).map(str::to_owned).collect()
}

#[test]
fn what_the_image_and_the_compose_file_set_are_settings() {
    let mut known: BTreeSet<String> = keys().iter().map(bootstrap::config::Key::variable).collect();
    known.extend([PROFILE.to_owned(), CONFIG_DIR.to_owned()]);
    for (name, least) in [("Dockerfile", 2), ("compose.yaml", 5), ("scripts/make-env", 5)] {
        let text = fs::read_to_string(file(name)).expect("it can be read");
        let set = variables(&text);
        assert!(set.len() >= least, "{name} sets {set:?}");
        let unknown: Vec<&String> = set.difference(&known).collect();
        assert!(unknown.is_empty(), "{name}: {unknown:?}");
    }
}

/// The secrets of `scripts/make-env` are good enough where the service is meant to run, and no
/// other one is needed.
#[tokio::test]
async fn made_secrets_are_all_that_is_needed() {
    let storage = Storage::postgres().await;
    let made = storage.folder().join("made.env");
    let script = || Command::new(file("scripts/make-env")).arg(&made).status();
    assert!(script().expect("it can be run").success());
    assert!(!script().expect("it can be run").success(), "it does not overwrite secrets");
    let text = fs::read_to_string(&made).expect("it can be read");
    let pairs: Vec<(&str, &str)> = text.lines().filter_map(|line| line.split_once('=')).collect();
    let url = storage.url();
    let mut settings = vec![("APP_PROFILE", "prod"), ("APP_DATABASE__URL", url.as_str())];
    settings.extend(pairs.iter().copied().filter(|(name, _)| name.starts_with("APP_")));
    let migrated = run_migrate(storage.folder(), &["up"], &settings);
    assert!(migrated.status.success(), "{}", migrated.errors);
    let server = Server::start(&storage, &settings);
    let value = |name| pairs.iter().find(|(known, _)| *known == name).expect("it is set").1;
    let (name, password) = (value("APP_SUPERUSER__USERNAME"), value("APP_SUPERUSER__PASSWORD"));
    let boss = Shop::at(&server).log_in(name, password).await;
    boss.get("/api/v1/users").await.expect(200);
    server.stop();
}
