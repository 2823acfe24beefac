//! What the action installs, and what of the checked repository it does not heed.

use std::process::Command;

use layers_tests::runner::Runner;
use layers_tests::{repository, tree};
use serde_json::json;

const CACHE: &str = "actions/cache@";

#[test]
fn a_release_is_downloaded_and_held_against_its_checksum() {
    let runner = Runner::new("shop-green");
    runner.fakes.release(None);
    let job = runner.run(&[]);
    assert!(job.success, "{}", job.log);
    assert_eq!(runner.fakes.calls("cargo"), "");
    let calls = runner.fakes.calls("curl");
    let address = "/acme/cargo-layers/releases/download/v0.1.0/\
                   cargo-layers-x86_64-unknown-linux-musl.tar.gz";
    assert!(calls.lines().all(|call| call.contains(address)), "{calls}");
    assert!(calls.lines().all(|call| call.starts_with("--proto =https ")), "{calls}");
    assert_eq!(calls.lines().count(), 2);
    assert!(job.used.is_empty(), "{:?}", job.used);

    let forged = Runner::new("shop-green");
    forged.fakes.release(Some("0123456789abcdef"));
    let job = forged.run(&[]);
    assert!(!job.success && job.log.contains("does not have the checksum"), "{}", job.log);
    assert_eq!(job.ran.last().map(String::as_str), Some("Install cargo layers"));
    assert!(!forged.temp.join("cargo-layers/bin/cargo-layers").exists());
}

#[test]
fn without_a_release_the_action_builds_itself() {
    let runner = Runner::new("shop-green");
    let job = runner.run(&[]);
    assert!(job.success, "{}", job.log);
    let calls = runner.fakes.calls("cargo");
    let root = runner.temp.join("cargo-layers");
    let expected =
        format!("{}: install --locked --path cargo-layers --root {root}\n", repository::root());
    assert_eq!(calls, expected);
}

#[test]
fn a_version_that_is_asked_for_is_the_only_one_that_will_do() {
    let runner = Runner::new("shop-green");
    let job = runner.run(&[("version", "v9.9.9")]);
    assert!(!job.success && job.log.contains("/v9.9.9/"), "{}", job.log);
    assert!(job.log.contains("is there such a release?"), "{}", job.log);
    assert_eq!(runner.fakes.calls("cargo"), "");

    runner.fakes.release(None);
    assert!(runner.run(&[("version", "9.9.9")]).success);
}

#[test]
fn a_commit_is_a_release_if_the_tag_says_so() {
    let mut runner = Runner::new("shop-green");
    runner.fakes.release(None);
    let server = runner.fakes.server.strip_prefix("file://").expect("it is a folder").to_owned();
    let origin = camino::Utf8PathBuf::from(server).join("acme/cargo-layers");
    tree::write(&origin.join("README"), "");
    let git = |arguments: &[&str]| {
        let author = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
        let output = Command::new("git").args(author).args(arguments).current_dir(&origin).output();
        let output = output.expect("git can be started");
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).expect("it is UTF-8").trim().to_owned()
    };
    git(&["init", "--quiet"]);
    git(&["add", "README"]);
    git(&["commit", "--quiet", "--message", "one"]);
    git(&["tag", "--annotate", "--message", "v", &format!("v{}", env!("CARGO_PKG_VERSION"))]);
    runner.action_ref = git(&["rev-parse", "HEAD"]);
    let job = runner.run(&[]);
    assert!(job.success && runner.fakes.calls("cargo").is_empty(), "{}", job.log);

    git(&["commit", "--quiet", "--allow-empty", "--message", "two"]);
    runner.action_ref = git(&["rev-parse", "HEAD"]);
    let job = runner.run(&[]);
    assert!(job.success, "{}", job.log);
    assert_eq!(runner.fakes.calls("cargo").lines().count(), 1);
}

#[test]
fn what_was_built_is_kept() {
    let mut runner = Runner::new("shop-green");
    runner.action_ref = "main".to_owned();
    let job = runner.run(&[]);
    let (action, inputs) = &job.used[0];
    assert!(action.starts_with(CACHE), "{action}");
    let key = inputs["key"].as_str().unwrap_or_default();
    let digest = key.strip_prefix("cargo-layers-Linux-X64-").unwrap_or_default();
    assert!(digest.len() == 40, "{key}");
    assert_eq!(inputs["path"], runner.temp.join("cargo-layers").as_str());

    runner.answers.insert("cache".to_owned(), json!({ "cache-hit": "true" }));
    let job = runner.run(&[]);
    assert!(job.success && !job.ran.contains(&"Install cargo layers".to_owned()), "{:?}", job.ran);
    let job = runner.run(&[("cache", "false")]);
    assert!(job.used.is_empty(), "{:?}", job.used);
}

#[test]
fn the_checked_repository_has_no_say_in_what_runs() {
    let runner = Runner::new("shop-green");
    let config = "[alias]\nlayers = \"--version\"\n\n[build]\nrustc-wrapper = \"./owned\"\n";
    tree::write(&runner.workspace.join(".cargo/config.toml"), config);
    tree::write(&runner.workspace.join("rust-toolchain.toml"), "[toolchain]\npath = \"./owned\"\n");
    let job = runner.run(&[]);
    assert!(job.success, "{}", job.log);
    assert!(job.log.contains(" kept, 0 broken"), "{}", job.log);
    assert!(runner.fakes.calls("cargo").starts_with(repository::root().as_str()));
}
