//! `init`: a first policy for projects of all kinds, after which the check passes.

use layers_tests::tree;

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

/// A shop without a policy.
fn bare(name: &str) -> tree::Copy {
    let shop = project(name);
    for file in ["layers.toml", "layers-baseline.toml"] {
        let path = shop.root().join(file);
        if path.exists() {
            std::fs::remove_file(&path).expect("it can be removed");
        }
    }
    shop
}

/// A package with these files.
fn package(files: &[(&str, &str)]) -> tree::Copy {
    let package = tree::Copy::empty();
    let manifest = "[package]\nname = \"tool\"\nedition = \"2024\"\n";
    tree::write(&package.root().join("Cargo.toml"), manifest);
    for (path, text) in files {
        tree::write(&package.root().join(path), text);
    }
    package
}

#[test]
fn a_green_shop_is_green_with_what_is_found() {
    let shop = bare("shop-green");
    let run = layers(shop.root(), &["init", "--yes"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    for part in [
        "layers by the names of crates:\n",
        "rules: clean-architecture\n",
        "      0  domain-is-pure\n",
        "wrote layers.toml, layers.schema.json: none has to be recorded\n",
        "`cargo layers check` passes now",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let text = tree::read(&shop.root().join("layers.toml"));
    assert!(text.starts_with("#:schema ./layers.schema.json\n"), "{text}");
    assert!(shop.root().join("layers.schema.json").exists());
    assert_eq!(layers(shop.root(), &["check"]).code, CLEAN);
}

#[test]
fn what_is_broken_today_is_recorded() {
    let shop = bare("shop-red");
    let run = layers(shop.root(), &["init", "--no-schema"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.contains("findings are recorded in layers-baseline.toml"), "{}", run.stdout);
    assert!(!shop.root().join("layers.schema.json").exists());
    let text = tree::read(&shop.root().join("layers.toml"));
    assert!(text.starts_with("# Layers by the names of the crates"), "{text}");
    let check = layers(shop.root(), &["check"]);
    assert_eq!(check.code, CLEAN, "{check:?}");
    // And the rules are on: without the baseline they find what they found.
    std::fs::remove_file(shop.root().join("layers-baseline.toml")).expect("it is there");
    assert_eq!(layers(shop.root(), &["check"]).code, VIOLATIONS);
}

#[test]
fn a_policy_is_not_overwritten_unasked() {
    let shop = project("shop-green");
    let before = tree::read(&shop.root().join("layers.toml"));
    let run = layers(shop.root(), &["init", "--yes"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert!(run.stderr.contains("there is a layers.toml"), "{}", run.stderr);
    assert!(run.stderr.contains("--force"), "{}", run.stderr);
    assert_eq!(tree::read(&shop.root().join("layers.toml")), before);
    let run = layers(shop.root(), &["init", "--dry-run"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.contains("nothing was written"), "{}", run.stdout);
    assert!(run.stdout.contains("extends = [\"clean-architecture\"]"), "{}", run.stdout);
    assert_eq!(tree::read(&shop.root().join("layers.toml")), before);
    assert_eq!(layers(shop.root(), &["init", "--force"]).code, CLEAN);
    assert_ne!(tree::read(&shop.root().join("layers.toml")), before);
}

#[test]
fn layers_and_packs_can_be_given() {
    let shop = bare("shop-green");
    let arguments = [
        "init",
        "--pack",
        "none",
        "--layer",
        "domain=shop-domain",
        "--layer",
        "presentation=shop-http",
        "--layer",
        "infrastructure=shop-persistence",
    ];
    let run = layers(shop.root(), &arguments);
    assert_eq!(run.code, CLEAN, "{run:?}");
    let text = tree::read(&shop.root().join("layers.toml"));
    assert!(!text.contains("extends"), "{text}");
    assert!(text.contains("[rules.domain-looks-inward]"), "{text}");
    let run = layers(shop.root(), &["init", "--force", "--pack", "hexagon"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert!(run.stderr.contains("`hexagonal`"), "{}", run.stderr);
    let run = layers(shop.root(), &["init", "--force", "--layer", "domain"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert!(run.stderr.contains("NAME=PATTERN"), "{}", run.stderr);
    // A pack that needs layers which are not there says which.
    let run = layers(shop.root(), &["init", "--force", "--pack", "hexagonal"]);
    assert!(run.code == CLEAN || run.stderr.contains("hexagonal"), "{run:?}");
}

#[test]
fn modules_are_layers_of_a_lone_package() {
    let shop = package(&[
        ("src/main.rs", "mod domain;\nmod http;\nmod db;\nfn main() {}\n"),
        ("src/domain.rs", "use crate::db::Pool;\npub fn order(_: Pool) {}\n"),
        ("src/http.rs", ""),
        ("src/db.rs", "pub struct Pool;\n"),
    ]);
    let run = layers(shop.root(), &["init", "--yes"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.contains("layers by the names of modules"), "{}", run.stdout);
    assert!(run.stdout.contains("domain-looks-inward"), "{}", run.stdout);
    assert!(shop.root().join("layers-baseline.toml").exists());
    assert_eq!(layers(shop.root(), &["check"]).code, CLEAN);
}

#[test]
fn code_without_structure_gets_a_policy_as_well() {
    let tool = package(&[
        ("src/main.rs", "mod a;\nmod b;\nfn main() {}\n"),
        ("src/a.rs", "pub use crate::b::B;\n"),
        ("src/b.rs", "pub struct B;\nuse crate::a;\n"),
        ("src/left.rs", ""),
    ]);
    let run = layers(tool.root(), &["init", "--yes"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    for part in ["no layers found", "      1  modules-have-an-order\n", "      1  no-orphans\n"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert_eq!(layers(tool.root(), &["check"]).code, CLEAN);
}

#[test]
fn what_no_baseline_holds_is_said() {
    let tool = package(&[("src/main.rs", "mod gone;\nfn main() {}\n")]);
    let run = layers(tool.root(), &["init", "--yes"]);
    assert_eq!(layers(tool.root(), &["check"]).code, run.code, "{run:?}");
    let tool = package(&[("src/main.rs", "fn main( {}\n")]);
    let run = layers(tool.root(), &["init", "--yes"]);
    assert_eq!(layers(tool.root(), &["check"]).code, run.code, "{run:?}");
}

#[test]
fn check_without_a_policy_points_here() {
    let tool = package(&[("src/main.rs", "fn main() {}\n")]);
    let run = layers(tool.root(), &["check"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert!(run.stderr.contains("cargo layers init"), "{}", run.stderr);
}
