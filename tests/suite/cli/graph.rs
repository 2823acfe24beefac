//! Rules that follow Cargo's graph among crates outside the workspace.

use camino::Utf8Path;
use layers_tests::binary::{cargo, run};
use layers_tests::tree;

use super::{CLEAN, FAILED, VIOLATIONS, layers};

/// A workspace of one package, and two packages beside it: `shop-domain` uses `middle`,
/// which depends on `database`.
fn lay_out(root: &Utf8Path, target: &str) {
    let package = |folder: &str, name: &str, dependency: &str, source: &str| {
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
             [dependencies]\n{dependency}"
        );
        tree::write(&root.join(folder).join("Cargo.toml"), &manifest);
        tree::write(&root.join(folder).join("src/lib.rs"), source);
    };
    package("outside/database", "database", "", "pub struct Pool;\n");
    let database = "database = { path = \"../database\" }\n";
    package("outside/middle", "middle", database, "pub struct Middle;\n");
    let middle = "middle = { path = \"../../outside/middle\" }\n";
    package("workspace/domain", "shop-domain", middle, "pub use middle::Middle;\n");
    tree::write(
        &root.join("workspace/Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"domain\"]\n",
    );
    let policy = format!(
        "[layers]\ndomain = \"shop-domain\"\n\n[rules.no-database]\n\
         forbid = {{ from = \"@domain\", to = \"{target}\", via = \"any\" }}\n"
    );
    tree::write(&root.join("workspace/layers.toml"), &policy);
}

#[test]
fn what_an_outside_crate_depends_on_is_reached() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    lay_out(root, "database");
    let workspace = root.join("workspace");
    let unlocked = layers(&workspace, &["check"]);
    assert_eq!(unlocked.code, FAILED, "{unlocked:?}");
    assert!(unlocked.stderr.contains("cargo fetch"), "{}", unlocked.stderr);

    let lock = run(&mut cargo(&workspace, &["generate-lockfile", "--offline", "--quiet"]));
    assert_eq!(lock.code, CLEAN, "{lock:?}");
    let run = layers(&workspace, &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    assert!(run.stdout.starts_with("domain/src/lib.rs:1:"), "{}", run.stdout);
    assert!(run.stdout.contains("database"), "{}", run.stdout);
}

#[test]
fn what_no_outside_crate_depends_on_is_not() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    lay_out(root, "std::fs");
    let run = layers(&root.join("workspace"), &["check", "--format", "short"]);
    assert_eq!((run.code, run.stdout.as_str()), (CLEAN, ""), "{run:?}");
}
