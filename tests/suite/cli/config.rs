//! The file with the rules: found, missing, wrong.

use layers_tests::tree;

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

#[test]
fn another_file_can_be_named() {
    let red = project("shop-red");
    tree::write(
        &red.root().join("arch/other.toml"),
        "[layers]\ndomain = \"shop-domain\"\n\n[rules.no-files]\n\
         forbid = { from = \"@domain\", to = \"std::fs\" }\n",
    );
    let run = layers(red.root(), &["check", "--config", "arch/other.toml"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let missing = layers(red.root(), &["check", "--config", "arch/none.toml"]);
    assert_eq!(missing.code, FAILED);
    assert!(missing.stderr.contains("arch/none.toml"), "{}", missing.stderr);
}

#[test]
fn the_manifest_can_hold_the_rules() {
    let red = project("shop-red");
    std::fs::remove_file(red.root().join("layers.toml")).expect("it is there");
    let path = red.root().join("Cargo.toml");
    let policy = "\n[workspace.metadata.layers.layers]\nhttp = \"shop-http\"\n\
                  persistence = \"shop-persistence\"\n\n\
                  [workspace.metadata.layers.rules.http-ignores-persistence]\n\
                  forbid = { from = \"@http\", to = \"@persistence\" }\n";
    tree::write(&path, &(tree::read(&path) + policy));
    let run = layers(red.root(), &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    assert!(run.stdout.contains("[http-ignores-persistence]"), "{}", run.stdout);
}

#[test]
fn a_package_can_say_its_layer() {
    let red = project("shop-red");
    tree::write(
        &red.root().join("layers.toml"),
        "[layers]\nhttp = {}\npersistence = \"shop-persistence\"\n\n\
         [rules.http-ignores-persistence]\nforbid = { from = \"@http\", to = \"@persistence\" }\n",
    );
    let path = red.root().join("crates/http/Cargo.toml");
    let layer = "\n[package.metadata.layers]\nlayer = \"http\"\n";
    tree::write(&path, &(tree::read(&path) + layer));
    let run = layers(red.root(), &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    assert!(run.stdout.starts_with("crates/http/src/handlers.rs:"), "{}", run.stdout);
}

#[test]
fn no_rules_is_not_green_and_shows_how_to_begin() {
    let red = project("shop-red");
    std::fs::remove_file(red.root().join("layers.toml")).expect("it is there");
    let run = layers(red.root(), &["check"]);
    assert_eq!(run.code, FAILED);
    for part in ["layers.toml", "[layers]", "shop-", "forbid"] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
}

#[test]
fn a_mistake_is_shown_with_a_caret_and_a_suggestion() {
    for (wrong, suggestion) in [
        ("extend = [\"clean-architecture\"]\n", "extends"),
        ("extends = [\"clean-architectur\"]\n", "clean-architecture"),
        (
            "[layers]\ndomain = \"shop-domain\"\n\n[rules.x]\n\
             forbid = { from = \"@domian\", to = \"std::fs\" }\n",
            "domain",
        ),
        (
            "[layers]\ndomain = \"shop-domain\"\n\n[rules.x]\n\
             forbit = { from = \"@domain\", to = \"std::fs\" }\n",
            "forbid",
        ),
        (
            "[layers]\ndomain = \"shop-domain\"\n\n[rules.x]\n\
             forbid = { from = \"@domain\", too = \"std::fs\" }\n",
            "to",
        ),
    ] {
        let red = project("shop-red");
        tree::write(&red.root().join("layers.toml"), wrong);
        let run = layers(red.root(), &["check"]);
        assert_eq!(run.code, FAILED, "{wrong}: {run:?}");
        assert!(run.stdout.is_empty(), "{}", run.stdout);
        assert!(run.stderr.contains("layers.toml"), "{wrong}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("`{suggestion}`")), "{wrong}: {}", run.stderr);
        // The wrong line, and something below it that points at the place.
        let mut lines = run.stderr.lines();
        let place = wrong.lines().last().expect("a line");
        assert!(lines.any(|line| line.contains(place)), "{wrong}: {}", run.stderr);
        let caret = lines.next().unwrap_or_default();
        assert!(caret.contains(['^', '─', '┬', '▲']), "{wrong}: {}", run.stderr);
    }
}

#[test]
fn a_layer_that_a_pack_misses_is_an_error_that_says_what_to_add() {
    let red = project("shop-red");
    let path = red.root().join("layers.toml");
    let without: String = tree::read(&path)
        .lines()
        .filter(|line| !line.starts_with("presentation"))
        .map(|line| line.to_owned() + "\n")
        .collect();
    tree::write(&path, &without);
    let run = layers(red.root(), &["check"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert!(run.stderr.contains("presentation"), "{}", run.stderr);
}

#[test]
fn layers_that_claim_the_same_are_both_shown() {
    let red = project("shop-red");
    tree::write(
        &red.root().join("layers.toml"),
        "[layers]\none = \"shop-domain\"\ntwo = \"shop-{domain,http}\"\nthree = \"shop-domain\"\n\n\
         [rules.x]\nforbid = { from = \"@one\", to = \"@two\" }\n",
    );
    let run = layers(red.root(), &["check"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    for line in ["one = \"shop-domain\"", "three = \"shop-domain\""] {
        assert!(run.stderr.contains(line), "{line}: {}", run.stderr);
    }
}
