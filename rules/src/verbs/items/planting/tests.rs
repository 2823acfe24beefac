//! What is written for selectors of all kinds.

use crate::facts::CrateKind;
use crate::planting::{Edit, Plant, Unprovable, plants};
use crate::testing::World;

/// What is planted for a rule in a shop with a domain and ports.
fn of(rule: &str) -> Result<Vec<Plant>, Unprovable> {
    let mut world = World::new(&["shop"]);
    for module in ["shop::domain", "shop::domain::ports", "shop::db"] {
        world.module(module);
    }
    assert_eq!(world.facts.crates[0].kind, CrateKind::Lib);
    let policy = format!("[layers]\ndomain = \"shop::domain\"\n[rules.a]\n{rule}\n");
    let policy = world.policy(&policy).unwrap_or_else(|problems| panic!("{rule}: {problems:?}"));
    let rules = [policy.rule("a").expect("the rule")];
    let mut plants = plants(&world.facts, &policy, &rules, |_| "p".to_owned()).expect("no overlap");
    plants.remove(0)
}

/// The first plant, with line breaks shown as `|`.
fn first(rule: &str) -> String {
    let plants = of(rule).unwrap_or_else(|reason| panic!("{rule}: {reason:?}"));
    let edit = |edit: &Edit| match edit {
        Edit::Append { text, .. } => text.replace('\n', "|"),
        Edit::File { path, text } => format!("{path}: {}", text.replace('\n', "|")),
        other => format!("{other:?}"),
    };
    plants[0].edits.iter().map(edit).collect::<Vec<_>>().join(" + ")
}

#[test]
fn every_kind_of_item_is_written() {
    for (kind, text) in [
        ("struct", "pub struct P001;"),
        ("enum", "pub enum P001 {}"),
        ("union", "pub union P001 {}"),
        ("trait", "pub trait P001 {}"),
        ("fn", "pub fn p_0_0_1() {}"),
        ("method", "struct P001Around;|impl P001Around { pub fn p_0_0_1() {} }"),
        ("const", "pub const P_0_0_1: () = {};"),
        ("static", "pub static P_0_0_1: () = {};"),
        ("type", "pub type P001 = ();"),
        ("macro", "macro_rules! p_0_0_1 { () => {} }"),
        ("impl", "struct P001;|impl P001 {}"),
        ("field", "pub struct P001Around { p_0_0_1: () }"),
        ("variant", "pub enum P001Around { P001 }"),
        ("use", "pub use ::std::fmt as p_0_0_1;"),
        ("module", "pub mod p_0_0_1 {||}"),
    ] {
        let rule = format!("items = {{ kind = \"{kind}\" }}\nmust-not = {{ name = \"*\" }}");
        assert_eq!(first(&rule), text, "{kind}");
    }
}

#[test]
fn a_type_is_found_by_what_it_is_like() {
    let mut world = World::new(&["shop"]);
    world.item("shop::domain::Note");
    world.item("shop::domain::Order").kind = crate::facts::ItemKind::Enum;
    let rule =
        "[rules.a]\nitems = { kind = \"fn\" }\nmust-not = { returns = { kind = \"enum\" } }\n";
    let policy = world.policy(rule).expect("a policy");
    let rules = [policy.rule("a").expect("the rule")];
    let plants = plants(&world.facts, &policy, &rules, |_| "p".to_owned()).expect("no overlap");
    let plants = plants[0].as_ref().expect("a way to break it");
    let text = format!("{:?}", plants[0].edits);
    assert!(text.contains("domain::Order"), "{text}");
    let nothing = "items = { kind = \"fn\" }\nmust-not = { returns = { name = \"Gone\" } }";
    assert!(of(nothing).is_err(), "there is no such type");
}

#[test]
fn every_key_is_met_and_missed() {
    for (rule, text) in [
        (
            "items = { kind = \"fn\" }\nmust-not = { async = true, unsafe = true }",
            "pub async unsafe fn p_0_0_1() {}",
        ),
        (
            "items = { kind = \"fn\", visibility = \"pub(crate)\" }\nmust-not = { const = true }",
            "pub(crate) const fn p_0_0_1() {}",
        ),
        ("items = { kind = \"struct\" }\nmust = { visibility = \"pub\" }", "struct P001;"),
        (
            "items = { kind = \"struct\" }\nmust-not = { documented = true }",
            "#[doc = \"planted\"] pub struct P001;",
        ),
        ("items = { kind = \"struct\" }\nmust-not = { generic = true }", "pub struct P001<T>;"),
        (
            "items = { kind = \"struct\" }\nmust-not = { derives = \"Clone\", attribute = \"serde\" }",
            "#[serde] #[derive(Clone)] pub struct P001;",
        ),
        (
            "items = { kind = \"struct\" }\nmust-not = { implements = \"Drop\" }",
            "pub struct P001;|impl Drop for P001 {}",
        ),
        (
            "items = { kind = \"impl\" }\nmust-not = { implements = \"*Port\" }",
            "struct P001;|impl P002Port for P001 {}",
        ),
        ("items = { kind = \"fn\" }\nmust = { lines = { max = 2 } }", "pub fn p_0_0_1() {||}"),
        (
            "items = { kind = \"method\", self = \"mut\" }\nmust = { has-body = false }",
            "struct P001Around;|impl P001Around { pub fn p_0_0_1(&mut self) {} }",
        ),
        (
            "items = { kind = \"method\" }\nmust = { has-body = true }",
            "pub trait P001Around { fn p_0_0_1(); }",
        ),
        (
            "items = { kind = \"fn\" }\nmust = { returns = [\"none\", \"Result\"] }",
            "pub fn p_0_0_1() -> bool {}",
        ),
        (
            "items = { kind = \"fn\" }\nmust-not = { returns = \"Option\" }",
            "pub fn p_0_0_1() -> Option {}",
        ),
    ] {
        assert_eq!(first(rule), text, "{rule}");
    }
}

#[test]
fn parts_and_bodies_are_written() {
    for (rule, text) in [
        (
            "items = { kind = \"fn\" }\nmust = { parameters = { max = 1 } }",
            "pub fn p_0_0_1(p_0_0_2: (), p_0_0_3: ()) {}",
        ),
        (
            "items = { kind = \"fn\" }\nmust = { parameters = { none = { name = \"id\" } } }",
            "pub fn p_0_0_1(id: ()) {}",
        ),
        (
            "items = { kind = \"struct\" }\nmust = { fields = { every = { visibility = \"private\" } } }",
            "pub struct P001 { pub p_0_0_2: () }",
        ),
        (
            "items = { kind = \"struct\", fields = { min = 1 } }\nmust = { fields = { some = { name = \"id\" } } }",
            "pub struct P001 { p_0_0_2: () }",
        ),
        (
            "items = { kind = \"trait\" }\nmust-not = { methods = { some = { async = true } } }",
            "pub trait P001 { async fn p_0_0_2() {} }",
        ),
        (
            "items = { kind = \"struct\" }\nmust-not = { exposes = \"std::fs\" }",
            "pub struct P001 { pub p_0_0_2: ::std::fs::P003 }",
        ),
        (
            "items = { kind = \"enum\" }\nmust-not = { signature-mentions = \"String\" }",
            "pub enum P001 { P002 { p_0_0_3: String } }",
        ),
        (
            "items = { kind = \"struct\", visibility = \"private\" }\nmust = { exported = true }",
            "struct P001;",
        ),
        (
            "items = { kind = \"struct\", exported = true }\nmust-not = { name = \"*\" }",
            "pub struct P001;",
        ),
        (
            "items = { kind = \"struct\" }\nmust-not = { visible-outside = \"shop::domain\" }",
            "pub struct P001;",
        ),
        (
            "items = { kind = \"struct\" }\nmust = { visible-outside = \"shop::domain\" }",
            "struct P001;",
        ),
        (
            "items = { kind = \"static\", not = { signature-mentions-only = \"String\" } }\nmust-not = { signature-mentions = \"String\" }",
            "Dependency { package: PackageId(0), on: Outside(\"p_0_0_3\"), kind: Normal } + pub static P_0_0_1: (String, ::p_0_0_3::P003) = {};",
        ),
        (
            "items = { kind = \"trait\" }\nmust = { signature-mentions-only = \"String\" }",
            "Dependency { package: PackageId(0), on: Outside(\"p_0_0_4\"), kind: Normal } + pub trait P001 { fn p_0_0_2(p_0_0_3: ::p_0_0_4::P004) {} }",
        ),
        (
            "items = { kind = \"type\" }\nmust-not = { signature-mentions = \"String\" }",
            "pub type P001 = String;",
        ),
        (
            "items = { kind = \"fn\" }\nmust-not = { body-uses = \"std::fs::read\", body-calls-method = \"un*\" }",
            "pub fn p_0_0_1() { let _ = ::std::fs::read; ().unp_0_0_3(); }",
        ),
        (
            "items = { kind = \"struct\" }\nmust-not = { body-calls-method = \"commit\" }",
            "pub struct P001;|impl P001 { pub fn p_0_0_2() { ().commit(); } }",
        ),
        (
            "items = { kind = \"static\" }\nmust-not = { mutable = true }",
            "pub static mut P_0_0_1: () = {};",
        ),
        (
            "items = { kind = \"trait\" }\nmust-not = { implemented = { in = \"shop::db\" } }",
            "pub struct P0021;|impl crate::P001 for P0021 {} + pub trait P001 {}",
        ),
        (
            "items = { kind = \"struct\" }\nmust-not = { tested = true }",
            "pub struct P001;|#[cfg(test)]|mod p001_tests { use super::P001; }",
        ),
        (
            "items = { kind = \"struct\" }\nmust = { same-file = { which = { kind = \"struct\" }, max = 1 } }",
            "pub struct P001;|pub struct P002;|pub struct P003;",
        ),
    ] {
        assert_eq!(first(rule), text, "{rule}");
    }
}

#[test]
fn a_name_that_may_be_taken_gets_a_module() {
    let rule = "items = { kind = \"fn\", name = \"new\" }\nmust = { documented = true }";
    assert_eq!(first(rule), "pub mod p_0_0_2 {|pub fn new() {}|}");
    let rule = "items = { kind = \"struct\", name = \"*\" }\nmust = { name = \"P*1\" }";
    assert_eq!(first(rule), "pub struct P001Zzz;");
}

#[test]
fn places_are_found_or_made() {
    for (rule, text) in [
        (
            "items = { kind = \"struct\", in = \"@domain::**::ports\" }\nmust-not = { name = \"*\" }",
            "pub struct P001;",
        ),
        (
            "items = { kind = \"struct\", in = \"@domain::**::{events,event}\" }\nmust-not = { name = \"*\" }",
            "pub mod events {|pub struct P001;|}",
        ),
        (
            "items = { kind = \"module\", file = \"**/*_repository.rs\" }\nmust = { documented = true }",
            "p_0_0_repository.rs:  + pub mod p_0_0_repository;",
        ),
        (
            "items = { kind = \"struct\", path = \"shop::domain::*Id\" }\nmust = { generic = true }",
            "pub struct P00Id;",
        ),
    ] {
        assert_eq!(first(rule), text, "{rule}");
    }
}

#[test]
fn the_impossible_is_told() {
    let rule = "items = { kind = \"fn\", name = \"a\" }\nmust = { name = \"*\" }";
    let Err(Unprovable(reason)) = of(rule) else { panic!("every name is one") };
    assert!(reason.contains("nothing could be written"), "{reason}");
    let rule = "items = { kind = \"fn\", has-body = false }\nmust = { documented = true }";
    assert!(of(rule).is_err(), "functions without a body stand in traits only");
}
