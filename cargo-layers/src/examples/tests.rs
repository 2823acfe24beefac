//! Examples that do what they should, and each way of not doing so.

use jiff::civil::date;
use layers_rules::facts::Span;
use layers_rules::finding::Location;
use layers_rules::packs::PACKS;
use layers_rules::policy::Source;

use super::*;
use crate::config::FILE_NAME;

const POLICY: &str = r#"
[layers]
domain = "shop-domain"
db     = "shop-db-*"

[sets]
drivers = ["sqlx", "redis"]

[rules.pure]
forbid = { from = "@domain", to = ["@db", "@drivers"] }

[rules.sql-in-db]
only = { from = "@db", to = "sqlx" }

[rules.ports-are-public]
items    = { kind = "trait", in = "shop::domain" }
must     = { visibility = "pub" }
severity = "off"
"#;

/// What is wrong with an example of a rule in [`POLICY`].
fn failure(rule: &str, kind: Kind, text: &str) -> Option<Failure> {
    let file = ConfigFile { path: FILE_NAME.to_owned(), text: POLICY.to_owned() };
    let raw = config::parse(&file).expect("a policy");
    let source = Source { file: file.path, raw, extends: Vec::new(), attached: Vec::new() };
    let home = Home::of_workspace(source, Vec::new(), date(2026, 1, 1));
    let location = Location { file: FILE_NAME.to_owned(), span: Span::default() };
    outcome(&home, rule, kind, &Snippet { text: text.to_owned(), location }).failure
}

fn bad(rule: &str, text: &str) -> Option<Failure> {
    failure(rule, Kind::Bad, text)
}

fn good(rule: &str, text: &str) -> Option<Failure> {
    failure(rule, Kind::Good, text)
}

/// The differing lines, each with how much is expected and found.
fn differing(failure: Option<Failure>) -> Vec<(Option<usize>, usize, usize)> {
    let Some(Failure::Differs(differences)) = failure else { panic!("{failure:?}") };
    let differing = differences.iter().filter(|it| !it.agrees());
    differing.map(|it| (it.line, it.expected, it.messages.len())).collect()
}

#[test]
fn a_bad_example_finds_what_it_marks() {
    assert_eq!(bad("pure", "//- shop_domain/src/lib.rs\nuse sqlx::Pool; //~ pure\n"), None);
    let two = "//- shop_domain/src/lib.rs\nuse shop_db_pg::Pool;\n//~^ pure\nfn f() { redis::get() } //~ pure\n\
               //- shop_db_pg/src/lib.rs\npub struct Pool;\n";
    assert_eq!(bad("pure", two), None);
}

#[test]
fn marks_and_findings_that_differ_are_told_by_line() {
    let surplus = "//- shop_domain/src/lib.rs\nuse sqlx::Pool; //~ pure\nuse redis::Client;\n";
    assert_eq!(differing(bad("pure", surplus)), [(Some(3), 0, 1)]);
    let missing = "\nuse sqlx::Pool; //~ pure\nuse serde::Serialize; //~ pure, pure\n";
    assert_eq!(differing(bad("pure", missing)), [(Some(3), 2, 0)]);
    let other = "use sqlx::Pool; //~ pur\n";
    assert_eq!(differing(bad("pure", other)), [(Some(1), 0, 1)]);
    let inferred = "//- shop/src/domain/port.rs\ntrait Port {}\n";
    assert_eq!(differing(bad("ports-are-public", inferred)), [(Some(2), 0, 1)]);
}

#[test]
fn paths_that_lead_nowhere_are_told() {
    let text = "use crate::gone::Pool; //~ pure\n";
    let Some(Failure::Differs(differences)) = bad("pure", text) else { panic!("it differs") };
    assert_eq!(differences[0].unresolved, ["crate::gone::Pool"]);
}

#[test]
fn a_bad_example_breaks_something() {
    assert_eq!(bad("pure", "use serde::Serialize;\n"), Some(Failure::Unmarked));
}

#[test]
fn a_good_example_finds_nothing() {
    assert_eq!(good("pure", "use serde::Serialize;\n"), None);
    assert_eq!(differing(good("pure", "use sqlx::Pool;\n")), [(Some(1), 0, 1)]);
    let marked = good("pure", "use sqlx::Pool; //~ pure\n");
    assert!(matches!(marked, Some(Failure::Differs(_))), "{marked:?}");
}

#[test]
fn a_good_example_holds_something_to_look_at() {
    let vacuous = |rule, text| match good(rule, text) {
        Some(Failure::Vacuous(reason)) => reason,
        other => panic!("{other:?}"),
    };
    let elsewhere = "//- shop_http/src/lib.rs\nuse sqlx::Pool;\n";
    assert_eq!(vacuous("pure", elsewhere), "`from` (`domain`) matches nothing");
    let no_trait = "//- shop/src/domain.rs\npub struct Port;\n";
    assert!(vacuous("ports-are-public", no_trait).starts_with("there is no item"));
    let no_sql = "//- shop_db_pg/src/lib.rs\nuse redis::Client;\n";
    assert_eq!(vacuous("sql-in-db", no_sql), "`to` (`sqlx`) matches nothing");
    assert_eq!(good("sql-in-db", "//- shop_db_pg/src/lib.rs\nuse sqlx::Pool;\n"), None);
}

#[test]
fn a_rule_that_is_off_is_judged_all_the_same() {
    assert_eq!(
        bad("ports-are-public", "mod domain {\ntrait Port {} //~ ports-are-public\n}"),
        None
    );
}

#[test]
fn an_example_can_have_layers_of_its_own() {
    let text = "//- layers.toml\n[layers]\ndomain = \"crm::core\"\n[sets]\ndrivers = \"ldap\"\n\
                //- crm/src/lib.rs\nmod core { use ldap::Pool; } //~ pure\nuse ldap::Pool;\n";
    assert_eq!(bad("pure", text), None);
    let rules = "//- layers.toml\n[rules]\npure = \"off\"\n//- crm/src/lib.rs\n";
    let Some(Failure::NotJudged(error)) = bad("pure", rules) else { panic!("a mistake") };
    assert_eq!(error.line(), Some(2));
    let typo = "//- layers.toml\n[layer]\n//- crm/src/lib.rs\n";
    assert!(matches!(bad("pure", typo), Some(Failure::NotJudged(ExampleError::Layers { .. }))));
}

#[test]
fn a_package_can_claim_its_layer() {
    let text = "//- crm/Cargo.toml\n[package]\nname = \"crm\"\n[package.metadata.layers]\n\
                layer = \"domain\"\n[dependencies]\nsqlx = \"1\"\n\
                //- crm/src/lib.rs\nuse sqlx::Pool; //~ pure\n";
    assert_eq!(bad("pure", text), None);
}

#[test]
fn a_manifest_says_all_there_is_to_depend_on() {
    let text = "//- shop_domain/Cargo.toml\n[dependencies]\nsql = { package = \"sqlx\", version = \"1\" }\n\
                //- shop_domain/src/lib.rs\nuse sql::Pool; //~ pure\nuse redis::Client;\n";
    assert_eq!(bad("pure", text), None);
    let wrong = "//- shop_domain/Cargo.toml\n[dependencies\n//- shop_domain/src/lib.rs\n";
    assert!(matches!(bad("pure", wrong), Some(Failure::NotJudged(ExampleError::Manifest { .. }))));
}

#[test]
fn targets_are_those_that_cargo_finds() {
    let text = "//- shop_domain/src/bin/tool.rs\nuse sqlx::A; //~ pure\n\
                //- shop_domain/src/main.rs\nuse sqlx::B; //~ pure\nuse shop_domain::C; //~ pure\n\
                //- shop_domain/src/lib.rs\npub use sqlx::C; //~ pure\n\
                //- shop_domain/tests/all.rs\nuse sqlx::D;\n";
    assert_eq!(bad("pure", text), None);
}

#[test]
fn what_cannot_be_read_is_no_example() {
    for (text, line) in [
        ("//- shop_domain/src/lib.rs\nmod gone;\n", Some(2)),
        ("fn f( {\n", Some(1)),
        ("use sqlx::A; //~ two words\n", Some(1)),
        ("//- a/Cargo.toml\n[package]\nname = \"x\"\n//- x/src/lib.rs\n", None),
    ] {
        let Some(Failure::NotJudged(error)) = bad("pure", text) else { panic!("{text}") };
        assert_eq!(error.line(), line, "{error}");
    }
}

#[test]
fn every_example_of_every_pack_does_what_it_should() {
    for pack in PACKS {
        let (tested, _) = of_pack(pack).expect("a pack");
        let failed: Vec<_> = tested.outcomes.iter().filter(|it| it.failure.is_some()).collect();
        assert!(failed.is_empty(), "{failed:#?}");
        assert_eq!(tested.without_examples, Vec::<String>::new(), "{}", pack.name);
        // Packs without rules hold the sets that others share.
        let has_rules = pack.text.contains("\n[rules.");
        assert!(!has_rules || tested.outcomes.len() >= 2, "{}", pack.name);
    }
}
