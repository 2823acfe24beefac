//! The formats, and when each is chosen.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use layers_tests::binary::{command, run};

use super::{CLEAN, VIOLATIONS, layers, project};

/// Escape sequences of colours start with this.
const ESCAPE: char = '\u{1b}';

#[test]
fn human_shows_the_line_the_chain_and_what_to_do() {
    let run = layers(project("shop-red").root(), &["check", "--format", "human"]);
    assert_eq!(run.code, VIOLATIONS);
    for part in [
        "error[presentation-ignores-infrastructure]",
        "crates/http/src/handlers.rs:4",
        "use shop_application::OrderRepository;",
        "shop_persistence::OrderRepository",
        "crates/application/src/lib.rs:5",
        "because",
        "fix",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let summary = run.stdout.trim_end().lines().last().unwrap_or_default();
    for part in ["kept", "broken", "governed", "unresolved", " s"] {
        assert!(summary.contains(part), "{part}: {summary}");
    }
}

#[test]
fn short_is_one_line_each() {
    let run = layers(project("shop-red").root(), &["check", "--format", "short"]);
    for line in run.stdout.lines() {
        let mut parts = line.splitn(4, ':');
        let file = parts.next().unwrap_or_default();
        assert!(file.starts_with("crates/"), "{line}");
        for number in [parts.next(), parts.next()] {
            assert!(number.is_some_and(|number| number.parse::<u32>().is_ok()), "{line}");
        }
        let rest = parts.next().unwrap_or_default();
        assert!(rest.starts_with(" error[") || rest.starts_with(" warning["), "{line}");
    }
    assert!(run.stdout.lines().count() >= 2, "{}", run.stdout);
}

#[test]
fn json_is_one_document_with_a_version() {
    for name in ["shop-red", "shop-green"] {
        let run = layers(project(name).root(), &["check", "--format", "json"]);
        let document: serde_json::Value =
            serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"));
        assert_eq!(document["version"], 1);
        assert!(document["summary"].is_object(), "{document}");
        let findings = document["findings"].as_array().expect("findings are a list");
        assert_eq!(findings.is_empty(), name == "shop-green");
        for finding in findings {
            let fingerprint = finding["fingerprint"].as_str().unwrap_or_default();
            assert_eq!(fingerprint.len(), 16, "{finding}");
            assert!(fingerprint.chars().all(|c| c.is_ascii_hexdigit()), "{finding}");
        }
    }
}

#[test]
fn github_annotates_the_lines() {
    let run = layers(project("shop-red").root(), &["check", "--format", "github"]);
    assert_eq!(run.code, VIOLATIONS);
    assert!(run.stdout.contains("file=crates/http/src/handlers.rs,line=4,"), "{}", run.stdout);
    for line in run.stdout.lines() {
        assert!(line.starts_with("::error ") || line.starts_with("::warning "), "{line}");
    }
}

#[test]
fn auto_is_for_people_and_for_github_where_it_runs() {
    let red = project("shop-red");
    let plain = layers(red.root(), &["check"]);
    assert!(plain.stdout.contains("because"), "{}", plain.stdout);
    assert!(!plain.stdout.contains("::error"), "{}", plain.stdout);
    let mut on_github = command(red.root(), &["layers", "check"]);
    let on_github = run(on_github.env("GITHUB_ACTIONS", "true"));
    assert_eq!(on_github.code, VIOLATIONS);
    assert!(on_github.stdout.contains("::error file="), "{}", on_github.stdout);
    assert!(on_github.stdout.contains("because"), "{}", on_github.stdout);
}

#[test]
fn the_fingerprint_does_not_move_with_the_line() {
    let fingerprints = |folder: &camino::Utf8Path| -> Vec<String> {
        let run = layers(folder, &["check", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
        let findings = document["findings"].as_array().expect("findings are a list");
        let mut all: Vec<_> =
            findings.iter().map(|finding| finding["fingerprint"].to_string()).collect();
        all.sort();
        all
    };
    let red = project("shop-red");
    let before = fingerprints(red.root());
    assert!(before.len() >= 2, "{before:?}");
    for file in ["crates/http/src/handlers.rs", "crates/application/src/place_order.rs"] {
        let path = red.root().join(file);
        let text = layers_tests::tree::read(&path);
        layers_tests::tree::write(&path, &format!("// One line\n// and another.\n\n{text}"));
    }
    assert_eq!(fingerprints(red.root()), before);
}

#[test]
fn colour_is_for_terminals_and_on_demand() {
    let red = project("shop-red");
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let arguments: Vec<_> = ["layers", "check"].iter().chain(arguments).copied().collect();
        let mut command = command(red.root(), &arguments);
        run(command.envs(variables.iter().copied())).stdout.contains(ESCAPE)
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("NO_COLOR", "1")]));
    for format in ["short", "json", "sarif", "github", "gitlab", "junit", "markdown", "cargo"] {
        assert!(!coloured(&["--color", "always", "--format", format], &[]), "{format}");
    }
}

#[test]
fn nothing_but_the_report_is_printed_into_a_pipe() {
    let green = layers(project("shop-green").root(), &["check", "--format", "json"]);
    assert_eq!((green.code, green.stderr.as_str()), (CLEAN, ""));
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let fixture = layers_tests::repository::root().join("fixtures/rules/forbid/every-way");
    let mut child = command(&fixture, &["layers", "check"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it can be started");
    let mut line = String::new();
    let stdout = child.stdout.take().expect("it is piped");
    BufReader::with_capacity(1, stdout).read_line(&mut line).expect("it writes a line");
    assert!(!line.is_empty());
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
}
