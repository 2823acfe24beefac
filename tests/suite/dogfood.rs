//! Our own architecture, and that of the example service.

use camino::Utf8Path;
use layers_rules::finding::Severity;
use layers_tests::judgement::Judgement;
use layers_tests::repository;
use layers_tests::tree::{self, Copy};

fn judge(root: &Utf8Path) -> Judgement {
    Judgement::of(root).unwrap_or_else(|error| panic!("{root}:\n{error}"))
}

fn assert_green(root: &Utf8Path) {
    let judgement = judge(root);
    assert!(judgement.findings.is_empty(), "{}", judgement.human());
    assert!(judgement.summary.governed_modules > 0, "no module is governed");
    assert_eq!(judgement.summary.ungoverned_modules, 0, "{}", judgement.human());
    assert!(!judgement.summary.rules.is_empty(), "no rule was judged");
}

#[test]
fn we_keep_our_own_rules() {
    assert_green(repository::root());
}

#[test]
fn the_example_service_keeps_its_rules() {
    assert_green(&repository::root().join("example-service"));
}

/// Appends a line to files of `copy`; gives the rules that find something at the last of
/// them, and puts the files back.
fn planted(copy: &Copy, lines: &[(&str, &str)]) -> Vec<String> {
    let before: Vec<_> =
        lines.iter().map(|(file, _)| tree::read(&copy.root().join(file))).collect();
    for ((file, line), before) in lines.iter().zip(&before) {
        tree::write(&copy.root().join(file), &format!("{before}{line}\n"));
    }
    let judgement = judge(copy.root());
    for ((file, _), before) in lines.iter().zip(&before) {
        tree::write(&copy.root().join(file), before);
    }
    let [.., ((file, _), text)] = &lines.iter().zip(&before).collect::<Vec<_>>()[..] else {
        panic!("nothing was planted");
    };
    let planted = ((*file).to_owned(), text.lines().count() + 1);
    let here = |finding: &layers_rules::finding::Finding| {
        let location = &finding.primary.location;
        let line = judgement.sources.range(location).start.line as usize;
        finding.severity == Severity::Error && (location.file.clone(), line) == planted
    };
    let found = judgement.findings.iter().filter(|finding| here(finding));
    found.map(|finding| finding.rule.clone()).collect()
}

#[test]
fn a_violation_of_our_rules_is_seen() {
    let copy = Copy::of(repository::root());
    for (file, line, rule) in [
        ("rules/src/names.rs", "use std::fs::read as _;", "judgement-is-pure"),
        ("rules/src/facts.rs", "fn show() { std::println!(); }", "judgement-is-pure"),
        ("cargo-layers/src/report/short.rs", "use crate::resolve as _;", "report-may-use"),
        ("cargo-layers/src/analysis.rs", "use syn::File as _;", "syntax-trees-stay-in-parse"),
        ("cargo-layers/src/config.rs", "use clap::Parser as _;", "arguments-stay-in-command"),
        ("cargo-layers/src/config.rs", "use std::fs::read as _;", "files-are-read-with-care"),
        (
            "cargo-layers/src/facts.rs",
            "use std::process::Command as _;",
            "programs-are-started-with-care",
        ),
        ("cargo-layers/src/parse.rs", "use layers_rules::verbs as _;", "no-rule-is-special"),
    ] {
        assert_eq!(planted(&copy, &[(file, line)]), [rule], "{file}: {line}");
    }
}

#[test]
fn a_violation_in_the_example_service_is_seen() {
    let copy = Copy::of(&repository::root().join("example-service"));
    let found = planted(
        &copy,
        &[
            ("crates/domain/Cargo.toml", "\n[dependencies.application]\nworkspace = true"),
            ("crates/domain/src/orders/order.rs", "use application::ports::Clock as _;"),
        ],
    );
    assert_eq!(found, ["domain-is-pure"]);
}
