//! `check --changed-since`: only what is new since a revision fails.

use camino::Utf8Path;
use layers_tests::binary::Run;
use layers_tests::git::{commit, git, init};
use layers_tests::tree::{self, Copy};

use super::diff::{append, break_it};
use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

const HANDLERS: &str = "crates/http/src/handlers.rs";

/// The red shop with its four violations under version control.
fn shop() -> Copy {
    let shop = project("shop-red");
    init(shop.root());
    shop
}

fn since(root: &Utf8Path, revision: &str, options: &[&str]) -> Run {
    layers(root, &[&["check", "--changed-since", revision], options].concat())
}

#[test]
fn what_was_there_before_is_left_out_and_counted() {
    let shop = shop();
    assert_eq!(layers(shop.root(), &["check"]).code, VIOLATIONS);
    let run = since(shop.root(), "HEAD", &[]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    assert!(run.stdout.contains(" 0 broken · 4 older than HEAD · "), "{run:?}");
    // Lines and files may change.
    let text = tree::read(&shop.root().join(HANDLERS));
    tree::write(&shop.root().join("crates/http/src/routes.rs"), &format!("// Moved.\n\n{text}"));
    std::fs::remove_file(shop.root().join(HANDLERS)).expect("it is there");
    let library = tree::read(&shop.root().join("crates/http/src/lib.rs"));
    tree::write(
        &shop.root().join("crates/http/src/lib.rs"),
        &library.replace("mod handlers", "mod routes"),
    );
    let run = since(shop.root(), "HEAD", &[]);
    assert!(run.stdout.contains(" 4 older than HEAD · "), "{run:?}");
}

#[test]
fn what_is_new_fails_wherever_it_is_found() {
    let shop = shop();
    append(shop.root(), HANDLERS, "\nuse shop_application::OrderRepository as Again;\n");
    let run = since(shop.root(), "HEAD", &["--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
    assert!(run.stdout.starts_with("crates/http/src/handlers.rs:36:5: error["), "{run:?}");
    let json = since(shop.root(), "HEAD", &["--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["summary"]["since"]["revision"], "HEAD");
    assert_eq!(json["summary"]["since"]["left_out"], 4);
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(1));
    // An export of something else makes a line bad that nobody has touched.
    let shop = project("shop-green");
    let application = "crates/application/src/lib.rs";
    append(shop.root(), application, "\npub mod rows {\n    pub struct Row;\n}\n");
    append(shop.root(), HANDLERS, "\nuse shop_application::rows::Row as _;\n");
    init(shop.root());
    let manifest = "shop-persistence = { path = \"../persistence\" }\n";
    append(shop.root(), "crates/application/Cargo.toml", manifest);
    let text = tree::read(&shop.root().join(application));
    let export = "pub use shop_persistence::MemoryOrderRepository as Row;";
    tree::write(&shop.root().join(application), &text.replace("pub struct Row;", export));
    let run = since(shop.root(), "HEAD", &["--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    let is_there = |line: &str| line.starts_with(HANDLERS) && line.contains("presentation-ignores");
    assert!(run.stdout.lines().any(is_there), "{run:?}");
}

#[test]
fn a_rule_that_is_new_does_not_make_old_code_new() {
    let shop = project("shop-green");
    init(shop.root());
    append(
        shop.root(),
        "layers.toml",
        "\n[rules.no-money]\nforbid = { from = \"@presentation\", to = \"shop_domain::money\" }\n",
    );
    assert_eq!(layers(shop.root(), &["check"]).code, VIOLATIONS);
    let run = since(shop.root(), "HEAD", &[]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.contains(" older than HEAD · "), "{run:?}");
}

#[test]
fn the_baseline_goes_first_and_hides_nothing_that_is_new() {
    let shop = shop();
    layers(shop.root(), &["baseline"]);
    commit(shop.root());
    let run = since(shop.root(), "HEAD", &[]);
    assert!(run.stdout.contains(" 4 in the baseline · "), "{run:?}");
    // One more that is like a recorded one.
    append(shop.root(), HANDLERS, "\nuse shop_application::OrderRepository;\n");
    let run = since(shop.root(), "HEAD", &["--format", "short"]);
    assert_eq!(run.code, VIOLATIONS, "{run:?}");
    assert_eq!(run.stdout.lines().count(), 1, "{run:?}");
}

#[test]
fn one_rule_one_package_and_unresolved_paths() {
    let shop = shop();
    append(shop.root(), "crates/domain/src/lib.rs", "\nfn f() { crate::nowhere::at_all() }\n");
    let rule = since(shop.root(), "HEAD", &["--rule", "ports-in-application"]);
    assert!(rule.stdout.contains(" 1 older than HEAD · "), "{rule:?}");
    assert_eq!(since(shop.root(), "HEAD", &["-p", "shop-http"]).code, CLEAN);
    assert_eq!(since(shop.root(), "HEAD", &["--deny-unresolved"]).code, VIOLATIONS);
    commit(shop.root());
    assert_eq!(since(shop.root(), "HEAD", &["--deny-unresolved"]).code, CLEAN);
}

#[test]
fn a_revision_that_is_not_there_is_an_error() {
    let shop = shop();
    let run = since(shop.root(), "nowhere", &[]);
    assert_eq!(run.code, FAILED);
    assert!(run.stderr.contains("there is no revision `nowhere`"), "{run:?}");
}

/// A repository that was downloaded may configure programs for Git to run.
#[cfg(unix)]
#[test]
fn nothing_that_the_repository_configures_is_run() {
    use std::os::unix::fs::PermissionsExt;

    let shop = shop();
    let root = shop.root();
    let trap = root.join("trap");
    let sprung = root.join("sprung");
    tree::write(&trap, &format!("#!/bin/sh\ntouch \"{sprung}\"\ncat\n"));
    std::fs::set_permissions(&trap, std::fs::Permissions::from_mode(0o755)).expect("set");
    tree::write(&root.join(".gitattributes"), "*.rs filter=trap diff=trap\n");
    break_it(root);
    commit(root);
    for hook in ["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"] {
        let path = root.join(".git/hooks").join(hook);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("made");
        std::fs::copy(&trap, &path).expect("copied");
    }
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.editor",
        "core.sshCommand",
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "filter.trap.smudge",
        "filter.trap.clean",
        "filter.trap.process",
        "tar.tar.command",
        "alias.cat-file",
        "uploadpack.packObjectsHook",
    ] {
        let value = if key == "alias.cat-file" { format!("!{trap}") } else { trap.to_string() };
        git(root, &["config", key, &value]);
    }
    // A folder that looks like a repository, with a configuration of its own.
    git(root, &["init", "--quiet", "--bare", "crates/http/src/bare"]);
    let bare = root.join("crates/http/src/bare/config");
    tree::write(&bare, &format!("{}\tfsmonitor = {trap}\n", tree::read(&bare)));
    let _ = std::fs::remove_file(&sprung);
    for folder in ["", "crates/http/src/bare"] {
        let run = since(&root.join(folder), "HEAD^", &[]);
        assert_eq!(run.code, VIOLATIONS, "{run:?}");
        assert_eq!(layers(&root.join(folder), &["diff", "HEAD^"]).code, CLEAN);
        assert!(!sprung.exists(), "{folder}");
    }
    // They do fire where Git is asked for more.
    let _ = std::process::Command::new("git").arg("status").current_dir(root).output();
    assert!(sprung.exists());
}
