//! Packs that crates ship: members of the workspace, dependencies by path, and crates that only
//! Cargo knows where to find.

use std::fmt::Write as _;
use std::process::Command;

use camino::Utf8Path;
use layers_tests::tree;
use tempfile::TempDir;

use super::{CLEAN, FAILED, VIOLATIONS, layers};

const PACK: &str = "[layers]\ncore = {}\n[rules.acme-core-does-no-io]\n\
                    forbid = { from = \"@core\", to = \"std::fs\" }\n";

/// A workspace with a package `shop`, which depends on crates as `dependencies` says.
fn workspace(dependencies: &str, extends: &str, files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let root = root(&folder);
    let manifest = format!(
        "[workspace]\nexclude = [\"acme\", \"other\"]\n{}\n[dev-dependencies]\n{dependencies}",
        package("shop")
    );
    tree::write(&root.join("Cargo.toml"), &manifest);
    tree::write(&root.join("src/lib.rs"), "pub mod core {\n    use std::fs as _;\n}\n");
    let policy = format!("extends = [{extends}]\n[layers]\ncore = \"shop::core\"\n");
    tree::write(&root.join("layers.toml"), &policy);
    for (path, text) in files {
        tree::write(&root.join(path), text);
    }
    folder
}

fn root(folder: &TempDir) -> &Utf8Path {
    Utf8Path::from_path(folder.path()).expect("its name is UTF-8")
}

fn package(name: &str) -> String {
    format!("[package]\nname = \"{name}\"\nversion = \"1.2.3\"\nedition = \"2024\"\n")
}

/// A crate that ships a pack.
fn ships(name: &str, pack: &str) -> String {
    package(name) + &format!("[package.metadata.layers]\npack = {pack}\n")
}

const BY_PATH: &str = "acme-rules = { path = \"acme\" }\n";

#[test]
fn a_dependency_by_path_needs_no_lock_file() {
    let manifest = ships("acme-rules", "\"pack.toml\"");
    let files =
        [("acme/Cargo.toml", manifest.as_str()), ("acme/src/lib.rs", ""), ("acme/pack.toml", PACK)];
    for name in ["crate:acme-rules", "crate:acme_rules"] {
        let folder = workspace(BY_PATH, &format!("\"{name}\""), &files);
        let run = layers(root(&folder), &["check", "--format", "short"]);
        assert_eq!(run.code, VIOLATIONS, "{run:?}");
        assert!(run.stdout.starts_with("src/lib.rs:2:9: error[acme-core-does-no-io]: "), "{run:?}");
        assert!(!root(&folder).join("Cargo.lock").exists(), "Cargo was not asked to resolve");
        let run = layers(root(&folder), &["explain", "acme-core-does-no-io"]);
        assert!(run.stdout.contains("`crate:acme-rules`"), "{run:?}");
    }
}

#[test]
fn cargo_says_where_any_other_crate_is() {
    let manifest = ships("acme-rules", "\"pack.toml\"");
    let broken =
        format!("{PACK}[rules.acme-more]\nforbid = {{ from = \"@cor\", to = \"std::net\" }}\n");
    let outside = tempfile::tempdir().expect("a temporary folder can be made");
    for (path, text) in [("Cargo.toml", manifest.as_str()), ("src/lib.rs", ""), ("pack.toml", PACK)]
    {
        tree::write(&root(&outside).join(path), text);
    }
    let patch = "acme-rules = \"1\"\n[patch.crates-io.acme-rules]\npath = \"acme\"\n";
    let files =
        [("acme/Cargo.toml", manifest.as_str()), ("acme/src/lib.rs", ""), ("acme/pack.toml", PACK)];
    let folder = workspace(patch, "\"crate:acme-rules\"", &files);
    let run = layers(root(&folder), &["check"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    for part in ["where the crate `acme-rules` is kept is not known", "run `cargo fetch` once"] {
        assert!(run.stderr.contains(part), "{part}: {run:?}");
    }
    let status = Command::new(env!("CARGO"))
        .args(["generate-lockfile", "--offline", "--quiet"])
        .current_dir(folder.path())
        .status();
    assert!(status.expect("Cargo can be run").success());
    let run = layers(root(&folder), &["check", "--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    tree::write(&root(&folder).join("acme/pack.toml"), &broken);
    let run = layers(root(&folder), &["check"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert!(run.stderr.contains("[acme/pack.toml:6:"), "{run:?}");
}

#[test]
fn a_rule_of_a_crate_is_levelled_and_replaced_by_its_id() {
    let manifest = ships("acme-rules", "\"pack.toml\"");
    let files =
        [("acme/Cargo.toml", manifest.as_str()), ("acme/src/lib.rs", ""), ("acme/pack.toml", PACK)];
    let folder = workspace(BY_PATH, "\"crate:acme-rules\"", &files);
    let policy = root(&folder).join("layers.toml");
    let text = tree::read(&policy);
    tree::write(&policy, &format!("{text}[rules]\nacme-core-does-no-io = \"warn\"\n"));
    assert_eq!(layers(root(&folder), &["check"]).code, CLEAN);
    let own = "[rules.acme-core-does-no-io]\nforbid = { from = \"@core\", to = \"std::net\" }\n";
    tree::write(&policy, &format!("{text}{own}"));
    let run = layers(root(&folder), &["check"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    tree::write(&policy, &text.replace("core = \"shop::core\"", "inner = \"shop::core\""));
    let run = layers(root(&folder), &["check"]);
    assert!(
        run.stderr.contains("`crate:acme-rules` speaks of a layer that is not defined: `core`"),
        "{run:?}"
    );
}

#[test]
fn mistakes_are_shown_with_a_way_out() {
    let with = |pack: &str| ships("acme-rules", pack);
    let file = with("\"pack.toml\"");
    let acme = |manifest: &str, pack: &str| {
        vec![
            ("acme/Cargo.toml", manifest.to_owned()),
            ("acme/src/lib.rs", String::new()),
            ("acme/pack.toml", pack.to_owned()),
            ("outside.toml", String::new()),
            ("acme/more.toml", "extends = [\"./pack.toml\"]\n".to_owned()),
            ("other/Cargo.toml", ships("other-rules", "\"pack.toml\"")),
            ("other/src/lib.rs", String::new()),
            ("other/pack.toml", PACK.to_owned()),
        ]
    };
    let cases = [
        ("no dependency", "\"crate:nobody-knows-it\"", acme(&file, PACK)),
        ("a slip of the pen", "\"crate:acme-ruels\"", acme(&file, PACK)),
        ("no pack", "\"crate:acme-rules\"", acme(&package("acme-rules"), PACK)),
        ("not a path", "\"crate:acme-rules\"", acme(&with("1"), PACK)),
        ("no such file", "\"crate:acme-rules\"", acme(&with("\"packs.toml\""), PACK)),
        ("a file outside", "\"crate:acme-rules\"", acme(&with("\"../outside.toml\""), PACK)),
        ("a file anywhere", "\"crate:acme-rules\"", acme(&with("\"/etc/passwd\""), PACK)),
        (
            "it extends what is outside",
            "\"crate:acme-rules\"",
            acme(&file, "extends = [\"../outside.toml\"]\n"),
        ),
        ("it extends itself", "\"crate:acme-rules\"", acme(&file, "extends = [\"./more.toml\"]\n")),
        (
            "it extends what it does not have",
            "\"crate:acme-rules\"",
            acme(&file, "extends = [\"./les.toml\"]\n"),
        ),
        (
            "a mistake in it",
            "\"crate:acme-rules\"",
            acme(&file, "[rules.a]\nforbid = { from = \"@x\" }\n"),
        ),
        (
            "a set that no rule names",
            "\"crate:acme-rules\"",
            acme(&file, "[sets]\nsockets = [\"std::net\", \"std:io\", \"@nowhere\"]\n"),
        ),
        ("two that clash", "\"crate:acme-rules\", \"crate:other-rules\"", acme(&file, PACK)),
    ];
    let mut shown = String::new();
    for (what, extends, files) in &cases {
        let files: Vec<_> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
        let dependencies = format!("{BY_PATH}other-rules = {{ path = \"other\" }}\n");
        let folder = workspace(&dependencies, extends, &files);
        let run = layers(root(&folder), &["check"]);
        assert_eq!(run.code, FAILED, "{what}: {run:?}");
        let real = root(&folder).canonicalize_utf8().expect("it is there");
        let text = run.stderr.replace(real.as_str(), "/ws").replace(root(&folder).as_str(), "/ws");
        let _ = writeln!(shown, "# {what}\n{text}");
    }
    insta::assert_snapshot!(shown);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_out_of_the_crate() {
    let manifest = ships("acme-rules", "\"pack.toml\"");
    let files =
        [("acme/Cargo.toml", manifest.as_str()), ("acme/src/lib.rs", ""), ("secret.toml", PACK)];
    let folder = workspace(BY_PATH, "\"crate:acme-rules\"", &files);
    let at = |path: &str| root(&folder).join(path);
    std::os::unix::fs::symlink(at("secret.toml"), at("acme/pack.toml")).expect("a link");
    let run = layers(root(&folder), &["check"]);
    assert_eq!(run.code, FAILED, "{run:?}");
    assert!(
        run.stderr.contains("the pack of the crate `acme-rules` is outside of its package"),
        "{run:?}"
    );
}
