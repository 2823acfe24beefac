mod effective;
mod mentions;
mod parts;
mod policy;
mod properties;

use crate::facts::{ItemKind, Target, Visibility};
use crate::testing::World;

/// A world with one struct per predicate that can hold.
fn world() -> World {
    let mut world = World::new(&["shop"]);
    world.item("shop::domain::OrderRepository").kind = ItemKind::Trait;
    world.item("shop::domain::ports::ItemRepository").kind = ItemKind::Trait;
    world.item("shop::domain::Hidden").visibility = Visibility::Private;
    world.item("shop::domain::Inner").visibility = Visibility::Crate;
    let above = world.module("shop");
    world.item("shop::domain::Up").visibility = Visibility::Restricted(above);
    let other = world.module("shop::domain");
    world.item("shop::domain::Across").visibility = Visibility::Restricted(other);
    let derive = world.reference("Serialize", "serde::Serialize");
    world.item("shop::domain::Dto").derives.push(derive);
    let attribute = world.reference("tokio::main", "");
    world.item("shop::domain::Main").attributes.push(attribute);
    let attribute = world.reference("non_exhaustive", "");
    world.item("shop::domain::Open").attributes.push(attribute);
    let derive = world.reference("serde::Serialize", "local::Serialize");
    world.item("shop::domain::Twin").derives.push(derive);
    world.implements("std::error::Error", "shop::domain::Failure");
    world
}

/// The names of what a selector selects: everything it selects must be called `!`.
fn selected(world: &World, selector: &str) -> Vec<String> {
    let policy = format!("[rules.r]\nitems = {selector}\nmust = {{ name = \"none\" }}\n");
    let report = world.check(&policy);
    let path = |message: &str| message.split('`').nth(1).unwrap_or_default().to_owned();
    let findings = report.findings.iter().filter(|finding| finding.rule == "r");
    let mut paths: Vec<String> = findings.map(|finding| path(&finding.message)).collect();
    paths.sort();
    paths.dedup();
    paths
}

#[test]
fn each_predicate_selects_what_it_says() {
    let world = world();
    let cases: &[(&str, &[&str])] = &[
        (
            "{ kind = \"trait\" }",
            &["shop::domain::OrderRepository", "shop::domain::ports::ItemRepository"],
        ),
        ("{ kind = \"module\", in = \"shop::domain::ports\" }", &["shop::domain::ports"]),
        ("{ kind = \"impl\" }", &["shop::domain::Failure"]),
        ("{ name = \"*{Dto,Hid*}\" }", &["shop::domain::Dto", "shop::domain::Hidden"]),
        ("{ path = \"shop::domain\" }", &["shop::domain"]),
        ("{ path = \"shop::*::Dto\" }", &["shop::domain::Dto"]),
        ("{ in = \"**::ports\", kind = \"trait\" }", &["shop::domain::ports::ItemRepository"]),
        ("{ visibility = \"private\" }", &["shop::domain::Hidden"]),
        ("{ visibility = \"pub(crate)\" }", &["shop::domain::Inner"]),
        ("{ visibility = \"pub(super)\" }", &["shop::domain::Up"]),
        ("{ visibility = \"pub(in)\" }", &["shop::domain::Across", "shop::domain::Up"]),
        (
            "{ visibility = [\"private\", \"pub(crate)\"] }",
            &["shop::domain::Hidden", "shop::domain::Inner"],
        ),
        ("{ derives = \"serde::Serialize\" }", &["shop::domain::Dto"]),
        ("{ derives = \"local::*\" }", &["shop::domain::Twin"]),
        ("{ derives = \"serde\" }", &["shop::domain::Dto"]),
        ("{ derives = \"Serialize\" }", &["shop::domain::Dto", "shop::domain::Twin"]),
        ("{ implements = \"Serialize\" }", &["shop::domain::Dto", "shop::domain::Twin"]),
        ("{ attribute = \"tokio::main\" }", &["shop::domain::Main"]),
        ("{ attribute = \"main\" }", &["shop::domain::Main"]),
        ("{ attribute = \"non_exhaustive\" }", &["shop::domain::Open"]),
        ("{ implements = \"std::error::Error\", kind = \"struct\" }", &["shop::domain::Failure"]),
        ("{ implements = \"Error\", kind = \"impl\" }", &["shop::domain::Failure"]),
        (
            "{ any = [{ name = \"Dto\" }, { name = \"Open\" }] }",
            &["shop::domain::Dto", "shop::domain::Open"],
        ),
        (
            "{ all = [{ kind = \"trait\" }, { name = \"Item*\" }] }",
            &["shop::domain::ports::ItemRepository"],
        ),
        ("{ kind = \"trait\", not = { in = \"**::ports\" } }", &["shop::domain::OrderRepository"]),
    ];
    for (selector, expected) in cases {
        assert_eq!(selected(&world, selector), *expected, "{selector}");
    }
    assert_eq!(selected(&world, "{ derives = \"other::Serialize\" }"), Vec::<String>::new());
    assert_eq!(selected(&world, "{ attribute = \"tokio::test\" }"), Vec::<String>::new());
}

#[test]
fn what_must_be_is_told_by_what_fails() {
    let world = world();
    let policy = r#"
[layers]
core = "shop::domain"
[rules.ports]
items = { kind = "trait" }
must = { in = "@core::**::ports", name = "*Repository", visibility = "pub" }
"#;
    let report = world.check(policy);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "the trait `shop::domain::OrderRepository` (core) must be in `core::**::ports`"
    );
    assert_eq!(finding.primary.text, "must be in `core::**::ports`");
    assert_eq!(finding.primary.location.file, "shop/domain.rs");
}

#[test]
fn what_must_not_be_is_a_finding_when_all_of_it_holds() {
    let world = world();
    let policy = r#"
[rules.no-serde]
items = { kind = "struct", in = "shop::domain" }
must-not = { derives = "serde", visibility = "pub" }
"#;
    assert_eq!(
        world.messages(policy),
        ["no-serde: the struct `shop::domain::Dto` must not be `pub` and derive `serde`"]
    );
}

#[test]
fn test_code_is_not_selected_unless_asked_for() {
    let mut world = world();
    world.item("shop::domain::Dto").test = true;
    let policy = "[rules.r]\nitems = { kind = \"struct\" }\nmust-not = { derives = \"serde\" }\n";
    assert_eq!(world.messages(policy).len(), 0);
    assert_eq!(world.messages(&format!("{policy}tests = true\n")).len(), 1);
}

#[test]
fn a_module_listed_as_an_item_is_told_once() {
    let mut world = world();
    let module = world.module("shop::domain::ports");
    world.item("shop::domain::Ports").kind = ItemKind::Module;
    let policy = "[rules.r]\nitems = { kind = \"module\", in = \"shop::domain\" }\nmust = { name = \"x\" }\n";
    assert_eq!(world.messages(policy).len(), 2);
    assert_eq!(world.facts.target_kind(Target::Module(module)), Some(ItemKind::Module));
}

#[test]
fn the_sentence_says_it_all() {
    let policy = world()
        .policy("[rules.r]\nitems = { kind = [\"struct\", \"enum\"], any = [{ name = \"A\" }, { not = { path = \"b\" } }] }\nmust = { implements = \"T\" }\nmust-not = { attribute = \"x\" }\n")
        .expect("a policy");
    assert_eq!(
        policy.rules()[0].sentence(),
        "what is a struct or an enum and (is named `A` or is not `b`) must implement `T` and must not be marked `x`"
    );
}
