//! `describe` and `explain`: the policy in prose.

use layers_tests::{repository, tree};

use super::{CLEAN, FAILED, layers, project};

/// The description of a fixture as Markdown.
fn description(fixture: &str) -> String {
    let folder = repository::root().join("fixtures").join(fixture);
    let run = layers(&folder, &["describe", "--format", "markdown"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert_eq!(run.stderr, "");
    run.stdout
}

#[test]
fn fixtures_are_described() {
    for (name, fixture) in [
        ("describe-clean-architecture", "projects/shop-green"),
        ("describe-hexagonal", "rules/hexagonal/green"),
        ("describe-shop-red", "projects/shop-red"),
    ] {
        let text = description(fixture);
        assert_eq!(text, description(fixture), "{fixture}");
        insta::assert_snapshot!(name, text);
    }
}

#[test]
fn our_own_architecture_is_described_on_a_terminal() {
    let run = layers(repository::root(), &["describe"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let first = "Architecture\nThis workspace holds ";
    assert!(run.stdout.starts_with(first), "{}", run.stdout);
    let layer = "- `judgement` holds `layers-rules`: ";
    assert!(run.stdout.contains(layer), "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.chars().count() <= 100), "{}", run.stdout);
}

#[test]
fn a_rule_is_explained_as_markdown() {
    let folder = repository::root().join("fixtures/projects/shop-green");
    let run = layers(&folder, &["explain", "domain-is-pure", "--format", "markdown"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    insta::assert_snapshot!("explain", run.stdout);
}

#[test]
fn a_policy_that_cannot_be_used_is_not_described() {
    let green = project("shop-green");
    let overlapping = "[layers]\ndomain = \"shop-domain\"\nother = \"shop-domain\"\n";
    tree::write(&green.root().join("layers.toml"), overlapping);
    let run = layers(green.root(), &["describe"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("layers.toml:"), "{}", run.stderr);
}
