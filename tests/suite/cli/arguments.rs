//! Which workspace, which rules, which packages.

use layers_tests::binary::{cargo, command, run};
use layers_tests::{repository, tree};

use super::{CLEAN, FAILED, VIOLATIONS, layers, project};

#[test]
fn exit_codes_tell_clean_from_broken_from_not_checked() {
    let (red, green) = (project("shop-red"), project("shop-green"));
    assert_eq!(layers(red.root(), &["check"]).code, VIOLATIONS);
    assert_eq!(layers(green.root(), &["check"]).code, CLEAN);
    assert_eq!(layers(green.root(), &["check", "--rule", "no-such-rule"]).code, FAILED);
    assert_eq!(layers(green.root(), &["chekc"]).code, FAILED);
}

#[test]
fn a_warning_alone_is_clean() {
    let red = project("shop-red");
    let path = red.root().join("layers.toml");
    let levels = "\n[rules]\napplication-uses-domain-only = \"warn\"\nports-in-application = \"warn\"\n\
                  presentation-ignores-infrastructure = \"off\"\nadapters-built-in-composition-only = \"off\"\n";
    tree::write(&path, &(tree::read(&path) + levels));
    let run = layers(red.root(), &["check", "--format", "short"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    assert!(run.stdout.contains("warning[application-uses-domain-only]"), "{}", run.stdout);
    assert!(!run.stdout.contains("presentation-ignores-infrastructure"), "{}", run.stdout);
}

#[test]
fn it_is_a_subcommand_of_cargo_and_a_program_of_its_own() {
    let red = project("shop-red");
    let arguments = ["layers", "check", "--format", "json"];
    let by_cargo = run(&mut cargo(red.root(), &arguments));
    let by_name = run(&mut command(red.root(), &arguments));
    let bare = run(&mut command(red.root(), &arguments[1..]));
    assert_eq!(by_cargo.code, VIOLATIONS, "{by_cargo:?}");
    assert_eq!(by_cargo.stdout, by_name.stdout);
    assert_eq!(by_name, bare);
}

#[test]
fn any_folder_below_the_workspace_will_do() {
    let red = project("shop-red");
    let at_root = layers(red.root(), &["check", "--format", "json"]);
    for folder in ["crates", "crates/http", "crates/http/src"] {
        assert_eq!(layers(&red.root().join(folder), &["check", "--format", "json"]), at_root);
    }
}

#[test]
fn a_manifest_path_chooses_the_workspace() {
    let red = project("shop-red");
    let at_root = layers(red.root(), &["check", "--format", "json"]);
    for manifest in ["Cargo.toml", "crates/domain/Cargo.toml"] {
        let manifest = red.root().join(manifest);
        let elsewhere = repository::root().join("docs");
        let arguments = ["check", "--format", "json", "--manifest-path", manifest.as_str()];
        assert_eq!(layers(&elsewhere, &arguments), at_root);
    }
    let missing = layers(red.root(), &["check", "--manifest-path", "nowhere/Cargo.toml"]);
    assert_eq!(missing.code, FAILED);
    assert!(missing.stderr.contains("nowhere/Cargo.toml"), "{}", missing.stderr);
}

#[test]
fn a_rule_can_be_judged_alone() {
    let red = project("shop-red");
    let rule = "presentation-ignores-infrastructure";
    let alone = layers(red.root(), &["check", "--format", "short", "--rule", rule]);
    assert_eq!(alone.code, VIOLATIONS);
    assert!(alone.stdout.lines().count() >= 1, "{}", alone.stdout);
    assert!(alone.stdout.lines().all(|line| line.contains(rule)), "{}", alone.stdout);
    let kept = layers(red.root(), &["check", "--rule", "domain-is-pure"]);
    assert_eq!(kept.code, CLEAN, "{kept:?}");

    let two = ["check", "--format", "short", "--rule", rule, "--rule", "domain-is-pure"];
    assert_eq!(layers(red.root(), &two).stdout, alone.stdout);
}

#[test]
fn an_unknown_rule_is_corrected() {
    let run = layers(project("shop-red").root(), &["check", "--rule", "domain-is-pur"]);
    assert_eq!(run.code, FAILED);
    assert!(run.stdout.is_empty(), "{}", run.stdout);
    assert!(run.stderr.contains("domain-is-pur`"), "{}", run.stderr);
    assert!(run.stderr.contains("`domain-is-pure`"), "{}", run.stderr);
}

#[test]
fn a_package_can_be_shown_alone() {
    let red = project("shop-red");
    let http = layers(red.root(), &["check", "--format", "short", "-p", "shop-http"]);
    assert_eq!(http.code, VIOLATIONS);
    assert!(http.stdout.lines().all(|line| line.starts_with("crates/http/")), "{}", http.stdout);
    let domain = layers(red.root(), &["check", "--format", "short", "--package", "shop-domain"]);
    assert_eq!((domain.code, domain.stdout.as_str()), (CLEAN, ""));

    let unknown = layers(red.root(), &["check", "-p", "shop-htpp"]);
    assert_eq!(unknown.code, FAILED);
    assert!(unknown.stderr.contains("shop-http"), "{}", unknown.stderr);
}

#[test]
fn a_rule_is_named_with_and_without_a_flag() {
    let red = project("shop-red");
    let rule = "presentation-ignores-infrastructure";
    for command in ["check", "test", "prove", "exceptions"] {
        let all = layers(red.root(), &[command, "--format", "json"]);
        let one = layers(red.root(), &[command, "--format", "json", rule]);
        let flag = layers(red.root(), &[command, "--format", "json", "--rule", rule]);
        assert_eq!((one.code, &one.stdout), (flag.code, &flag.stdout), "{command}");
        let is_part = one.stdout.len() < all.stdout.len();
        // The shop makes no exceptions.
        assert!(is_part || command == "exceptions", "{command}: {}", one.stdout);
        let unknown = layers(red.root(), &[command, "presentation-ignores-infrastrcture"]);
        assert_eq!(unknown.code, FAILED, "{command}");
        assert!(unknown.stderr.contains(rule), "{command}: {}", unknown.stderr);
    }
    let two = layers(red.root(), &["test", rule, "--rule", "domain-is-pure"]);
    assert!(two.stdout.contains("4 examples"), "{}", two.stdout);
}

#[test]
fn help_names_what_there_is() {
    let root = repository::root();
    let help = layers(root, &["--help"]);
    assert_eq!(help.code, CLEAN);
    for word in ["check", "explain"] {
        assert!(help.stdout.contains(word), "{}", help.stdout);
    }
    let check = layers(root, &["check", "--help"]);
    for word in ["--format", "--rule", "--package", "--config", "--manifest-path", "--color"] {
        assert!(check.stdout.contains(word), "{word}: {}", check.stdout);
    }
    for code in ["0", "1", "2"] {
        assert!(check.stdout.contains(&format!("  {code}  ")), "{code}: {}", check.stdout);
    }
    assert!(layers(root, &["--version"]).stdout.contains(env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_rule_explains_itself() {
    let red = project("shop-red");
    let run = layers(red.root(), &["explain", "presentation-ignores-infrastructure"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    for part in
        ["handler", "composition root", "This breaks it", "This keeps it", "clean-architecture"]
    {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let unknown = layers(red.root(), &["explain", "presentation-ignores-infrastrcture"]);
    assert_eq!(unknown.code, FAILED);
    assert!(unknown.stderr.contains("presentation-ignores-infrastructure"), "{}", unknown.stderr);
}

#[test]
fn a_rule_of_ones_own_explains_itself_too() {
    let fixture = repository::root().join("fixtures/rules/only/red");
    let run = layers(&fixture, &["explain", "sqlx-in-infrastructure-only"]);
    assert_eq!(run.code, CLEAN, "{run:?}");
    for part in ["One layer speaks SQL.", "Move the query into a repository.", "rules.toml"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
}

#[test]
fn without_a_workspace_there_is_nothing_to_check() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = camino::Utf8Path::from_path(folder.path()).expect("its path is UTF-8");
    let run = layers(folder, &["check"]);
    assert_eq!(run.code, FAILED);
    assert!(run.stderr.contains("Cargo.toml"), "{}", run.stderr);
}
