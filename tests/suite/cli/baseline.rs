//! The baseline: recorded once, shrinking by itself, growing on request only.

use camino::Utf8Path;
use layers_tests::binary::Run;
use layers_tests::tree::{self, Copy};

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

const FILE: &str = "layers-baseline.toml";
const HANDLERS: &str = "crates/http/src/handlers.rs";

/// Adds text to the end of a file.
fn append(root: &Utf8Path, file: &str, text: &str) {
    tree::write(&root.join(file), &(tree::read(&root.join(file)) + text));
}

fn edit(root: &Utf8Path, file: &str, from: &str, to: &str) {
    let before = tree::read(&root.join(file));
    assert!(before.contains(from), "{file} does not hold {from}:\n{before}");
    tree::write(&root.join(file), &before.replace(from, to));
}

fn baseline(root: &Utf8Path, options: &[&str]) -> Run {
    layers(root, &[&["baseline"], options].concat())
}

/// The red shop, its four findings recorded.
fn recorded() -> Copy {
    let red = project("shop-red");
    let run = baseline(red.root(), &[]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    red
}

/// The last two lines of a check.
fn check(root: &Utf8Path, options: &[&str]) -> (Option<i32>, String) {
    let run = layers(root, &[&["check"], options].concat());
    let lines: Vec<&str> = run.stdout.lines().collect();
    (run.code, lines[lines.len().saturating_sub(2)..].join("\n"))
}

#[test]
fn the_first_run_records_everything_and_the_check_is_green() {
    let red = project("shop-red");
    let would = baseline(red.root(), &["--check"]);
    assert_eq!(would.code, VIOLATIONS);
    assert!(would.stdout.starts_with("4 findings would be recorded in layers-baseline.toml:\n"));
    assert!(!red.root().join(FILE).exists());
    let run = baseline(red.root(), &[]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert_eq!(
        run.stdout,
        "4 findings recorded in layers-baseline.toml:\n      \
         2  application-uses-domain-only\n      \
         1  ports-in-application\n      \
         1  presentation-ignores-infrastructure\n"
    );
    let text = tree::read(&red.root().join(FILE));
    let entries: Vec<&str> = text.lines().filter(|line| line.starts_with("    {")).collect();
    assert_eq!(entries.len(), 4, "{text}");
    assert!(
        entries[0].contains(
            "from = \"shop_application\", to = \"shop_persistence::OrderRepository\", kind = \"reexport\", since = \"2"
        ),
        "{text}"
    );
    let (code, summary) = check(red.root(), &[]);
    assert_eq!(code, CLEAN);
    assert!(summary.contains(" 0 broken · 4 in the baseline · "), "{summary}");
    assert_eq!(check(red.root(), &["--no-baseline"]).0, VIOLATIONS);
    let again = baseline(red.root(), &["--check"]);
    assert_eq!(
        (again.code, again.stdout.as_str()),
        (CLEAN, "layers-baseline.toml: nothing to change (4 kept)\n")
    );
}

#[test]
fn what_is_new_fails_the_check_and_is_recorded_on_request_only() {
    let red = recorded();
    let before = tree::read(&red.root().join(FILE));
    append(red.root(), HANDLERS, "\nuse shop_application::OrderRepository as Again;\n");
    let (code, summary) = check(red.root(), &[]);
    assert_eq!(code, VIOLATIONS);
    assert!(summary.contains(" 1 broken · 4 in the baseline · "), "{summary}");
    for options in [&[][..], &["--check"]] {
        let refused = baseline(red.root(), options);
        assert_eq!(refused.code, VIOLATIONS, "{refused:?}");
        let lines: Vec<&str> = refused.stdout.lines().collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[0].starts_with("crates/http/src/handlers.rs:36:5: error[presentation-"));
        assert!(
            lines[1].starts_with("1 finding not in layers-baseline.toml")
                && lines[1].contains("--allow-new")
        );
    }
    let pruned = baseline(red.root(), &["--prune"]);
    assert_eq!(pruned.code, CLEAN);
    assert!(pruned.stdout.ends_with("nothing to change (4 kept)\n1 new finding not in it\n"));
    assert_eq!(tree::read(&red.root().join(FILE)), before);
    let added = baseline(red.root(), &["--allow-new"]);
    assert_eq!(
        (added.code, added.stdout.as_str()),
        (CLEAN, "layers-baseline.toml: 1 added, 4 kept\n")
    );
    assert_eq!(check(red.root(), &[]).0, CLEAN);
}

#[test]
fn what_is_fixed_never_fails_and_is_taken_away() {
    let red = recorded();
    edit(red.root(), HANDLERS, "use shop_application::OrderRepository;\n", "");
    edit(red.root(), HANDLERS, "impl OrderRepository", "impl shop_domain::Orders");
    append(red.root(), "crates/domain/src/lib.rs", "\npub trait Orders {}\n");
    let (code, summary) = check(red.root(), &[]);
    assert_eq!(code, CLEAN, "{summary}");
    assert!(
        summary.ends_with(
            "\n1 finding of the baseline is fixed: run `cargo layers baseline` to take it away"
        ),
        "{summary}"
    );
    // Not where only a part was judged.
    for part in [&["-p", "shop-domain"][..], &["--rule", "domain-is-pure"], &["--all-features"]] {
        assert!(!check(red.root(), part).1.contains("fixed"), "{part:?}");
    }
    let json = layers(red.root(), &["check", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["summary"]["baseline"]["fixed"], 1);
    assert_eq!(json["summary"]["excepted"]["baseline"], 3);
    let would = baseline(red.root(), &["--check"]);
    assert_eq!(would.code, VIOLATIONS);
    assert_eq!(would.stdout, "layers-baseline.toml: 1 fixed and would be taken away, 3 kept\n");
    let run = baseline(red.root(), &[]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (CLEAN, "layers-baseline.toml: 1 fixed and taken away, 3 kept\n")
    );
    assert!(!tree::read(&red.root().join(FILE)).contains("presentation"));
}

#[test]
fn a_baseline_that_is_empty_stays_and_stays_closed() {
    let green = project("shop-green");
    let run = baseline(green.root(), &[]);
    assert_eq!(run.code, CLEAN);
    assert!(run.stdout.starts_with("nothing to record: "), "{}", run.stdout);
    assert!(!green.root().join(FILE).exists());
    tree::write(&green.root().join(FILE), "version = 1\n");
    assert_eq!(baseline(green.root(), &[]).stdout, "layers-baseline.toml: put in order (empty)\n");
    append(green.root(), "crates/domain/src/lib.rs", "\nuse std::fs;\n");
    assert_eq!(baseline(green.root(), &[]).code, VIOLATIONS);
}

#[test]
fn code_can_move_be_renamed_and_reformatted() {
    let red = recorded();
    edit(red.root(), FILE, "since = ", "owner = \"@shop\", since = ");
    std::fs::rename(red.root().join(HANDLERS), red.root().join("crates/http/src/routes.rs"))
        .expect("the file is there");
    edit(red.root(), "crates/http/src/lib.rs", "mod handlers", "mod routes");
    edit(
        red.root(),
        "crates/http/src/routes.rs",
        "use shop_application::OrderRepository;",
        "// Moved.\n\nuse {\n    shop_application::OrderRepository\n};\n",
    );
    let (code, summary) = check(red.root(), &[]);
    assert_eq!(code, CLEAN, "{summary}");
    assert!(summary.contains(" 0 broken · 4 in the baseline · "), "{summary}");
    let run = baseline(red.root(), &[]);
    assert_eq!(run.stdout, "layers-baseline.toml: 1 moved and followed, 3 kept\n");
    let text = tree::read(&red.root().join(FILE));
    assert!(text.contains("from = \"shop_http::routes\"") && !text.contains("handlers"), "{text}");
    assert_eq!(text.matches("owner = \"@shop\"").count(), 4);
}

#[test]
fn another_file_can_be_named() {
    let red = project("shop-red");
    let missing = layers(red.root(), &["check", "--baseline", "arch/known.toml"]);
    assert_eq!(missing.code, FAILED);
    assert!(
        missing.stderr.contains("there is no baseline")
            && missing.stderr.contains("cargo layers baseline")
    );
    std::fs::create_dir(red.root().join("arch")).expect("a folder");
    let run = baseline(red.root(), &["--baseline", "arch/known.toml"]);
    assert!(run.stdout.starts_with("4 findings recorded in arch/known.toml:\n"), "{run:?}");
    assert_eq!(check(red.root(), &["--baseline", "arch/known.toml"]).0, CLEAN);
    assert_eq!(check(red.root(), &[]).0, VIOLATIONS);
}

#[test]
fn rules_that_are_not_there_or_not_judged() {
    let red = recorded();
    let recorded = tree::read(&red.root().join(FILE));
    // Off: its entries wait for it to be switched on again.
    append(red.root(), "layers.toml", "\n[rules]\nports-in-application = \"off\"\n");
    assert_eq!(
        baseline(red.root(), &[]).stdout,
        "layers-baseline.toml: nothing to change (4 kept)\n"
    );
    tree::write(
        &red.root().join(FILE),
        &recorded.replace("ports-in-application", "ports-in-applicaton"),
    );
    let (code, _) = check(red.root(), &[]);
    assert_eq!(code, CLEAN);
    let told = layers(red.root(), &["check", "--format", "short"]).stdout;
    assert!(
        told.contains(
            "warning[unused-exception]: the baseline holds 1 finding of `ports-in-applicaton`"
        ),
        "{told}"
    );
    assert_eq!(
        baseline(red.root(), &[]).stdout,
        "layers-baseline.toml: 1 of rules that do not exist and taken away, 3 kept\n"
    );
}

#[test]
fn what_reading_brings_to_light_can_be_recorded_and_what_watches_cannot() {
    let green = project("shop-green");
    append(
        green.root(),
        "crates/domain/src/lib.rs",
        "\nmod gone;\nfn f() { crate::nowhere::at_all() }\n",
    );
    append(green.root(), "layers.toml", "\n[layers.none]\nmembers = \"shop-none\"\n");
    let run = baseline(green.root(), &["--deny-unresolved"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    for part in [
        "2 findings recorded",
        "1  missing-module\n",
        "1  unresolved-path\n",
        "1 error about the policy itself",
        "error[matches-nothing]",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let told = layers(green.root(), &["check", "--deny-unresolved", "--format", "short"]).stdout;
    assert_eq!(told.lines().count(), 1, "{told}");
    // Unless they are looked for, unresolved paths are not known to be fixed.
    assert_eq!(
        baseline(green.root(), &[]).stdout.lines().next(),
        Some("layers-baseline.toml: nothing to change (2 kept)")
    );
}

#[test]
fn a_mistake_is_shown_where_it_is() {
    let red = project("shop-red");
    tree::write(
        &red.root().join(FILE),
        "version = 1\n\n[findings]\na = [\n    { form = \"x\" },\n]\n",
    );
    for command in ["check", "baseline", "exceptions"] {
        let run = layers(red.root(), &[command]);
        assert_eq!(run.code, FAILED, "{run:?}");
        for part in
            ["the baseline cannot be used", "did you mean `from`?", "layers-baseline.toml:5"]
        {
            assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
        }
    }
}
