//! Source files that cannot be read: each is a finding, and the rest is still checked.

use layers_tests::tree;

use super::{VIOLATIONS, layers, project};

/// What is found in the shop whatever else is wrong with it.
const KNOWN: &str = "error[presentation-ignores-infrastructure]";

#[test]
fn a_file_that_does_not_parse_is_a_finding_and_the_rest_is_checked() {
    let red = project("shop-red");
    tree::write(&red.root().join("crates/domain/src/money.rs"), "pub struct Money {\n    fn (\n");
    let run = layers(red.root(), &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS);
    assert!(run.stdout.contains("crates/domain/src/money.rs:"), "{}", run.stdout);
    assert!(run.stdout.contains(KNOWN), "{}", run.stdout);
}

#[test]
fn what_can_be_seen_of_a_file_that_does_not_parse_is_judged() {
    let red = project("shop-red");
    let path = red.root().join("crates/http/src/handlers.rs");
    let text = tree::read(&path) + "\nstruct 7;\n";
    tree::write(&path, &text);
    let run = layers(red.root(), &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS);
    let broken = format!("crates/http/src/handlers.rs:{}:", text.lines().count());
    assert!(run.stdout.contains(&broken), "{}", run.stdout);
    assert!(run.stdout.contains(KNOWN), "{}", run.stdout);
}

#[test]
fn a_module_without_a_file_is_a_finding_and_the_rest_is_checked() {
    let red = project("shop-red");
    std::fs::remove_file(red.root().join("crates/domain/src/money.rs")).expect("it is there");
    let run = layers(red.root(), &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS);
    let found = run.stdout.lines().find(|line| line.starts_with("crates/domain/src/lib.rs:3:5:"));
    assert!(found.is_some_and(|line| line.contains("money")), "{}", run.stdout);
    assert!(run.stdout.contains(KNOWN), "{}", run.stdout);
}

#[test]
fn odd_bytes_are_no_panic() {
    let red = project("shop-red");
    let path = red.root().join("crates/domain/src/money.rs");
    for text in [
        &b"\xff\xfe\x00"[..],
        b"",
        b"\xef\xbb\xbfpub struct Money;\r\n",
        b"#!/usr/bin/env run-cargo-script\npub struct Money;\n",
        b"pub const M: &str = \"\xc3\xbc\r\n\";\npub struct Money;",
    ] {
        std::fs::write(&path, text).expect("it can be written");
        for format in ["human", "json"] {
            let run = layers(red.root(), &["check", "--format", format]);
            assert_eq!(run.code, VIOLATIONS, "{text:?}: {run:?}");
            assert!(!run.stderr.contains("panicked"), "{text:?}: {run:?}");
        }
    }
}

#[test]
fn deep_nesting_is_a_finding_and_no_crash() {
    let red = project("shop-red");
    let path = red.root().join("crates/domain/src/money.rs");
    let deep = format!("pub const N: u32 = {}1{};\n", "(".repeat(100_000), ")".repeat(100_000));
    tree::write(&path, &(tree::read(&path) + &deep));
    let run = layers(red.root(), &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{:?}", run.stderr);
    assert!(run.stdout.contains("crates/domain/src/money.rs:"), "{}", run.stdout);
    assert!(run.stdout.contains(KNOWN), "{}", run.stdout);
}
