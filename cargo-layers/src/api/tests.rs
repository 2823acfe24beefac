//! Workspaces on disk, judged through the library as a test of theirs would do it.

use std::fs;
use std::path::PathBuf;

use layers_rules::context::Context;
use layers_rules::facts::{ItemKind, Needs};
use layers_rules::finding::Severity;
use layers_rules::rule::{FromFn, Rule, Verdict, from_fn};
use layers_rules::view::Item;

use super::*;
use crate::Format;

/// A workspace of one package.
struct Folder(tempfile::TempDir);

const LIB: &str = "pub mod domain;\npub mod edge;\n";
const DOMAIN: &str = "pub struct Order { pub id: u32 }\n\npub struct Item;\n";
const EDGE: &str = "use crate::domain::Order;\n\npub fn show(_: &Order) {}\n";

impl Folder {
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a temporary folder"));
        let manifest = "[package]\nname = \"shop\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
        for (path, text) in [
            ("Cargo.toml", manifest),
            ("src/lib.rs", LIB),
            ("src/domain.rs", DOMAIN),
            ("src/edge.rs", EDGE),
        ] {
            folder.write(path, text);
        }
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn load(&self) -> Workspace {
        Workspace::load(self.0.path()).expect("a workspace")
    }
}

/// A rule that finds `Order`, and `Item` where `all`.
fn closed(id: &str, all: bool) -> FromFn<impl Fn(&Context<'_>) -> Verdict + use<>> {
    from_fn(id, move |context: &Context<'_>| {
        let structs = context.items().kind(ItemKind::Struct).within("shop::domain");
        structs.must_not("be open", |item| all || item.fields().iter().any(Item::is_public))
    })
    .because("it is not theirs")
    .fix("close it")
}

const ORDER: &str = "closed at src/domain.rs:1";
const ITEM: &str = "closed at src/domain.rs:3";

#[test]
fn the_workspace_is_found_from_below() {
    let folder = Folder::new(&[]);
    let root = folder.0.path().canonicalize().expect("a folder");
    for start in ["", "src", "Cargo.toml"] {
        let workspace = Workspace::load(folder.path(start)).expect(start);
        assert_eq!(workspace.root(), root, "{start}");
        assert!(workspace.facts().modules.len() == 3 && workspace.policy().layers().is_empty());
    }
    let error = Workspace::load(folder.path("none")).expect_err("no such folder");
    assert!(matches!(error, Error::Folder { .. }));
    let shown = format!("{error:?}");
    assert!(shown.contains("the folder `") && shown.contains("none` cannot be used"), "{shown}");
}

#[test]
fn a_rule_is_judged_and_shown_in_every_format() {
    let report = Folder::new(&[]).load().check(&[&closed("closed", false)]);
    assert_eq!(report.places(), [ORDER]);
    assert!(!report.is_clean());
    let human = report.to_string();
    for part in [
        "error[closed]: the struct `shop::domain::Order` must not be open\n",
        "╭─[src/domain.rs:1:12]\n",
        "1 │ pub struct Order { pub id: u32 }\n",
        "╰── must not be open\n",
        "because: it is not theirs\n",
        "fix: close it\n",
        "0 rules kept, 1 broken · ",
    ] {
        assert!(human.contains(part), "{part}\n{human}");
    }
    let message = "the struct `shop::domain::Order` must not be open";
    let short = report.render(Format::Short);
    assert_eq!(short, format!("src/domain.rs:1:12: error[closed]: {message}\n"));
    for (format, rule) in [
        (Format::Json, "/findings/0/rule"),
        (Format::Sarif, "/runs/0/results/0/ruleId"),
        (Format::Gitlab, "/0/check_name"),
    ] {
        let value: serde_json::Value = serde_json::from_str(&report.render(format)).expect("JSON");
        assert_eq!(value.pointer(rule), Some(&"closed".into()), "{format}: {value:#}");
    }
    let cargo = report.render(Format::Cargo);
    let line = cargo.lines().next().expect("a message");
    let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
    assert_eq!(value.pointer("/message/code/code"), Some(&"closed".into()), "{value:#}");
    assert_eq!(value.pointer("/target/name"), Some(&"shop".into()), "{value:#}");
    for (format, part) in [
        (Format::Auto, "error[closed]: "),
        (Format::Github, "::error file=src/domain.rs,line=1,"),
        (Format::Junit, "<testcase name=\"closed\""),
        (Format::Markdown, "src/domain.rs:1"),
    ] {
        let text = report.render(format);
        assert!(text.contains(part) && text.contains(message), "{format}:\n{text}");
    }
    // What rules in Rust say for themselves is told as that of rules in layers.toml is.
    assert!(report.render(Format::Sarif).contains("It is not theirs."));
    assert_eq!(report.summary().broken(), 1);
}

#[test]
#[should_panic(expected = "error[closed]: the struct `shop::domain::Order` must not be open")]
fn a_test_fails_with_the_report() {
    Folder::new(&[]).load().check(&[&closed("closed", false)]).assert_clean();
}

#[test]
fn a_warning_fails_nothing() {
    let rule = closed("closed", false).severity(Severity::Warn);
    let report = Folder::new(&[]).load().check(&[&rule]);
    assert_eq!(report.findings().len(), 1);
    report.assert_clean();
}

#[test]
fn comments_and_the_policy_except() {
    let excused = format!("// layers: allow(closed): it opens in spring\n{DOMAIN}");
    let folder = Folder::new(&[("src/domain.rs", &excused)]);
    let report = folder.load().check(&[&closed("closed", true)]);
    assert_eq!(report.places(), ["closed at src/domain.rs:4"]);
    assert_eq!(report.summary().excepted.inline, 1);

    let policy = "[rules.closed]\nrust = \"shop::domain\"\nseverity = \"note\"\nfix = \"shut it\"\n\
                  [[rules.closed.except]]\nfrom = \"shop::domain::Order\"\nreason = \"spring\"\n";
    let folder = Folder::new(&[("layers.toml", policy)]);
    let report = folder.load().check(&[&closed("closed", true)]);
    assert_eq!((report.places(), report.summary().excepted.config), (vec![ITEM.to_owned()], 1));
    let finding = &report.findings()[0];
    assert_eq!((finding.severity, finding.fix.as_deref()), (Severity::Note, Some("shut it")));
    // An exception that covers nothing is told of, and `check_policy` does not know.
    let report = folder.load().check(&[&from_fn("closed", |_: &Context<'_>| Verdict::default())]);
    assert_eq!(report.places(), ["unused-exception at layers.toml:5"]);
    assert_eq!(folder.load().check_policy().places(), [""; 0]);
}

#[test]
fn the_baseline_passes_over_what_it_holds() {
    let folder = Folder::new(&[]);
    let (all, one) = (closed("closed", true), closed("closed", false));
    let changes = folder.load().check(&[&one]).record_baseline().expect("written");
    assert_eq!(changes.added, 1);
    let report = folder.load().check(&[&all]);
    assert_eq!((report.places(), report.summary().excepted.baseline), (vec![ITEM.to_owned()], 1));
    // What was recorded of other rules stays.
    let other = closed("other", true);
    folder.load().check(&[&other]).record_baseline().expect("written");
    folder.load().check(&[&one, &other]).assert_clean();
    let nothing = from_fn("closed", |_: &Context<'_>| Verdict::default());
    let changes = folder.load().check(&[&nothing]).record_baseline().expect("written");
    assert_eq!((changes.fixed, changes.kept), (1, 2));
    assert_eq!(folder.load().check(&[&one]).places(), [ORDER]);
}

#[test]
fn texts_take_the_place_of_files() {
    let folder = Folder::new(&[]);
    let load =
        || Workspace::builder(folder.0.path()).source("src/domain.rs", "pub struct A(pub u8);");
    let report = load().load().expect("a workspace").check(&[&closed("closed", false)]);
    assert_eq!(report.places(), [ORDER]);
    assert!(report.to_string().contains("pub struct A(pub u8);"), "{report}");
    let feature = "#[cfg(feature = \"a\")] pub struct Order(pub u8);\npub struct B;\n";
    let all = load().source("src/domain.rs", feature);
    let partial = all.clone().no_default_features().load().expect("a workspace");
    assert_eq!(partial.check(&[&closed("closed", false)]).places(), [""; 0]);
    assert_eq!(
        all.load().expect("a workspace").check(&[&closed("closed", false)]).places(),
        [ORDER]
    );
}

#[test]
fn a_rule_that_cannot_be_judged_is_a_finding() {
    let policy = "[layers]\ndomain = \"shop::domain\"\n[rules.pure]\n\
                  forbid = { from = \"@domain\", to = \"std::fs\" }\n";
    let folder = Folder::new(&[("layers.toml", policy)]);
    let workspace = folder.load();
    let graph = Needs { external_graph: true, ..Needs::default() };
    let blind = closed("blind", false).needs(graph);
    let report = workspace.check(&[&closed("pure", false), &blind, &closed("closed", false)]);
    assert_eq!(report.places(), ["blind at Cargo.toml:1", "pure at Cargo.toml:1", ORDER]);
    let messages: Vec<&str> = report.findings().iter().map(|it| it.message.as_str()).collect();
    assert_eq!(
        messages[..2],
        [
            "the rule `blind` was not judged: the dependencies of outside crates are not known",
            "the rule `pure` was not judged: the policy has another rule of this id",
        ]
    );
    assert_eq!(report.summary().broken(), 3);
    // It is no debt that could be recorded.
    report.record_baseline().expect("written");
    let report = folder.load().check(&[&closed("pure", false), &closed("closed", false)]);
    assert_eq!(report.places(), ["pure at Cargo.toml:1"]);
}

#[test]
fn what_a_rule_needs_is_gathered() {
    let folder = Folder::new(&[("src/stray.rs", "")]);
    let judge = |context: &Context<'_>| {
        let stray = &context.facts.stray_files;
        Verdict { idle: Some(format!("{stray:?}")), ..Verdict::default() }
    };
    let needs = Needs { stray_files: true, ..Needs::default() };
    let report = folder.load().check(&[&from_fn("stray", judge).needs(needs)]);
    let message = &report.findings()[0].message;
    assert_eq!(message, "the rule `stray` matches nothing: [\"src/stray.rs\"]");
}

struct Idle;

impl Rule for Idle {
    fn id(&self) -> &'static str {
        "idle"
    }

    fn judge(&self, context: &Context<'_>) -> Verdict {
        context.items().named("Nobody").must("be", |_| true)
    }
}

#[test]
fn a_rule_is_told_of_where_it_stands() {
    let manifest = "[package]\nname = \"cargo-layers\"\nversion = \"0.1.0\"\nedition = \"2024\"\n";
    let lib = "mod api {\n    mod tests {\n        struct Idle;\n        fn f() {}\n    }\n}\n";
    let folder = Folder::new(&[("Cargo.toml", manifest), ("src/lib.rs", lib)]);
    assert_eq!(folder.load().check(&[&Idle]).places(), ["matches-nothing at src/lib.rs:3"]);
    let elsewhere = Folder::new(&[]).load().check(&[&Idle]);
    assert_eq!(elsewhere.places(), ["matches-nothing at Cargo.toml:1"]);
}

#[test]
fn the_policy_is_judged_as_check_does() {
    let policy = "[layers]\ndomain = \"shop::domain\"\nedge = \"shop::edge\"\n[rules.apart]\n\
                  forbid = { from = \"@edge\", to = \"@domain\" }\n";
    let folder = Folder::new(&[("layers.toml", policy)]);
    let report = folder.load().check_policy();
    assert_eq!(report.places(), ["apart at src/edge.rs:1"]);
    report.record_baseline().expect("written");
    folder.load().check_policy().assert_clean();
    let without = Workspace::builder(folder.0.path()).without_policy().load().expect("a workspace");
    let report = without.check_policy();
    // What was recorded for rules that are not there is told of, too.
    let places = ["policy at Cargo.toml:1", "unused-exception at layers-baseline.toml:8"];
    assert_eq!(report.places(), places);
    assert!(!report.is_clean(), "no policy is not a green one");
    folder.write("other.toml", "[layers]\nshop = \"shop\"\n");
    let other = Workspace::builder(folder.0.path()).config(folder.path("other.toml"));
    other.load().expect("a workspace").check_policy().assert_clean();
}

#[test]
fn mistakes_are_shown_with_their_place() {
    let folder = Folder::new(&[("layers.toml", "[layers]\na = \"shop\"\nb = \"shop\"\n")]);
    let error = Workspace::load(folder.0.path()).expect_err("layers that overlap");
    let shown = format!("{error:?}");
    assert!(shown.contains("[layers.toml:2:") && shown.contains("2 │ a = \"shop\""), "{shown}");
    let error = Workspace::builder(folder.0.path()).target("z80").load().expect_err("no target");
    assert!(matches!(error, Error::Policy(_) | Error::Configuration(_)), "{error}");
}

#[test]
fn questions_are_answered_outside_of_rules() {
    let workspace = Folder::new(&[]).load();
    let used = workspace.dependencies().from("shop::edge").to("shop::domain").direct();
    let shown: Vec<String> = used.expect("some").iter().map(ToString::to_string).collect();
    assert_eq!(shown[0], "`shop::edge` uses `shop::domain::Order`");
    let error = workspace.items().within("shop::domian").list().map_err(Error::from);
    let shown = format!("{:?}", error.expect_err("no such module"));
    assert!(shown.contains("did you mean `shop::domain`?"), "{shown}");
}
