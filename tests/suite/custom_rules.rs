//! `fixtures/projects/custom-rules`, which architects copy: its rules in TOML and SQL are green and
//! can be red, and its rules in Rust are judged by its own tests, built and run by Cargo.

use std::process::{Command, Output};

use camino::{Utf8Path, Utf8PathBuf};
use layers_tests::binary::Run;
use layers_tests::repository;
use layers_tests::tree::{self, Copy};

use crate::cli::layers;

const ORDER: &str = "crates/application/src/commands/order_loaf.rs";

/// Copies the project to `root`, with an absolute path to this very library.
fn lay_out(root: &Utf8Path, profile: &str) {
    let original = repository::root().join("fixtures/projects/custom-rules");
    let library = repository::root().join("cargo-layers");
    tree::mirror(&original, root, |path, text| match path.as_str() {
        "Cargo.toml" => text + profile,
        "architecture/Cargo.toml" => text.replace("../../../../cargo-layers", library.as_str()),
        _ => text,
    });
}

/// A copy below the folder that Cargo builds into. It builds into that same folder with the same
/// profile, so that much need not be built again; the versions are ours as well, so that nothing
/// is downloaded.
fn buildable() -> Utf8PathBuf {
    let root = repository::target().join("fixtures/custom-rules");
    lay_out(&root, "\n[profile.dev]\ndebug = \"line-tables-only\"\n");
    if !root.join("Cargo.lock").exists() {
        let lock = tree::read(&repository::root().join("Cargo.lock"));
        tree::write(&root.join("Cargo.lock"), &lock);
    }
    root
}

/// A copy to be read only.
fn readable() -> Copy {
    let copy = Copy::empty();
    lay_out(copy.root(), "");
    copy
}

fn cargo_test(root: &Utf8Path) -> Output {
    Command::new(env!("CARGO"))
        .args(["test", "--offline", "--workspace"])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", repository::target())
        .env("RUST_BACKTRACE", "0")
        .output()
        .expect("Cargo can be run")
}

fn shown(output: &Output) -> String {
    let text = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    text.concat()
}

#[test]
fn the_rule_in_rust_is_green_and_can_be_red() {
    let root = buildable();
    let green = cargo_test(&root);
    let text = shown(&green);
    assert!(green.status.success(), "{text}");
    assert!(text.contains("test every_command_has_a_handler ... ok"), "{text}");
    assert!(text.contains("6 passed; 0 failed"), "{text}");

    // A command is added and nobody handles it: the test says so as `check` would.
    let order = tree::read(&root.join(ORDER));
    tree::write(&root.join(ORDER), &format!("{order}\npub struct BurnLoaf;\n"));
    let red = cargo_test(&root);
    tree::write(&root.join(ORDER), &order);
    let text = shown(&red);
    assert!(!red.status.success(), "{text}");
    for part in [
        "test every_command_has_a_handler ... FAILED",
        "test the_policy_is_kept ... ok",
        "error[commands-have-handlers]: the struct `bakery_application::commands::order_loaf::BurnLoaf` (application) must have a handler beside it",
        "╭─[crates/application/src/commands/order_loaf.rs:26:12]",
        "because: a command that nothing handles is a promise that nobody keeps",
        "fix: write its handler beside it, or remove the command",
        "0 rules kept, 1 broken",
    ] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
}

#[test]
fn the_others_are_green_and_can_be_red() {
    let copy = readable();
    let root = copy.root();
    let Run { code, stdout, .. } = layers(root, &["test"]);
    assert_eq!((code, stdout.as_str()), (Some(0), "4 examples: 4 pass, 0 fail\n"));
    let Run { code, stdout, .. } = layers(root, &["check"]);
    assert_eq!(code, Some(0), "{stdout}");
    assert!(stdout.starts_with("2 rules kept, 0 broken, 1 left to Rust tests · "), "{stdout}");

    let loaf = root.join("crates/domain/src/lib.rs");
    tree::write(&loaf, &tree::read(&loaf).replace("    grams: u32,\n}", "    pub grams: u32,\n}"));
    let orders = root.join("crates/http/src/orders.rs");
    let more = "use bakery_application::commands::cancel_order::CancelOrderHandler;\n";
    tree::write(&orders, &(tree::read(&orders) + more));
    let Run { code, stdout, .. } = layers(root, &["check", "--format", "short"]);
    assert_eq!(code, Some(1), "{stdout}");
    let places: Vec<&str> = stdout.lines().filter_map(|line| line.split(": ").next()).collect();
    let expected = [
        "crates/domain/src/lib.rs:12:12",
        "crates/http/src/cancellations.rs:3:63",
        "crates/http/src/orders.rs:14:5",
    ];
    assert_eq!(places, expected, "{stdout}");
}

#[test]
fn the_rule_in_rust_is_one_of_the_policy() {
    let copy = readable();
    let root = copy.root();
    let Run { code, stderr, .. } = layers(root, &["check", "--rule", "commands-have-handlers"]);
    assert_eq!(code, Some(2), "{stderr}");
    assert!(stderr.contains("is written in Rust, and not judged here"), "{stderr}");
    let Run { code, stdout, .. } = layers(root, &["explain", "commands-have-handlers"]);
    assert_eq!(code, Some(0));
    assert!(
        stdout.contains("`bakery_architecture::CommandsHaveHandlers` judges it, in Rust"),
        "{stdout}"
    );
    let Run { code, stdout, .. } = layers(root, &["prove"]);
    assert!(stdout.contains("it is judged by Rust code, in tests of its own"), "{code:?} {stdout}");

    let policy = root.join("layers.toml");
    tree::write(&policy, &tree::read(&policy).replace("::CommandsHave", "::CommandHas"));
    let Run { code, stdout, .. } = layers(root, &["check"]);
    assert_eq!(code, Some(1), "{stdout}");
    assert!(
        stdout.contains(
            "error[matches-nothing]: `bakery_architecture::CommandHasHandlers` in `rust`"
        ),
        "{stdout}"
    );
}
