//! Files, modifiers, `self`, lines, tests.

use super::selected;
use crate::facts::{ItemKind, Modifiers, Receiver};
use crate::testing::World;

fn world() -> World {
    let mut world = World::new(&["shop"]);
    let kinds = [
        ("load()", Modifiers::ASYNC | Modifiers::BODY),
        ("poke()", Modifiers::UNSAFE | Modifiers::BODY),
        ("fold()", Modifiers::CONST | Modifiers::BODY),
        ("wrap()", Modifiers::GENERIC | Modifiers::BODY),
        ("told()", Modifiers::DOCUMENTED),
    ];
    for (name, modifiers) in kinds {
        world.item(&format!("shop::f::{name}")).form.modifiers = modifiers;
    }
    let cache = world.item("shop::f::CACHE");
    cache.kind = ItemKind::Static;
    cache.form.modifiers = Modifiers::MUTABLE;
    for (name, receiver) in [
        ("free", Receiver::None),
        ("look", Receiver::Ref),
        ("change", Receiver::Mut),
        ("take", Receiver::Owned),
    ] {
        let method = world.method("shop::m::Order", name);
        world.facts.items[method.index()].form.receiver = receiver;
        world.facts.items[method.index()].form.lines = 10;
    }
    world
}

#[test]
fn what_is_so_or_not_selects() {
    let world = world();
    let functions = |names: &[&str]| -> Vec<String> {
        names.iter().map(|name| format!("shop::f::{name}")).collect()
    };
    for (selector, expected) in [
        ("async = true", &["load"][..]),
        ("unsafe = true", &["poke"]),
        ("const = true", &["fold"]),
        ("generic = true", &["wrap"]),
        ("documented = true", &["told"]),
        ("has-body = true", &["fold", "load", "poke", "wrap"]),
        ("has-body = false", &["told"]),
        ("async = false, has-body = true", &["fold", "poke", "wrap"]),
    ] {
        let selector = format!("{{ kind = \"fn\", {selector} }}");
        assert_eq!(selected(&world, &selector), functions(expected), "{selector}");
    }
    assert_eq!(selected(&world, "{ kind = \"static\", mutable = true }"), functions(&["CACHE"]));
    assert_eq!(selected(&world, "{ mutable = true }"), functions(&["CACHE"]));
    assert_eq!(selected(&world, "{ kind = \"static\", mutable = false }"), [""; 0]);
}

#[test]
fn methods_are_told_by_their_self() {
    let world = world();
    for (words, expected) in [
        ("\"none\"", &["free"][..]),
        ("\"ref\"", &["look"]),
        ("\"mut\"", &["change"]),
        ("\"owned\"", &["take"]),
        ("[\"mut\", \"owned\"]", &["change", "take"]),
    ] {
        let expected: Vec<String> =
            expected.iter().map(|name| format!("shop::m::Order::{name}")).collect();
        assert_eq!(selected(&world, &format!("{{ self = {words} }}")), expected);
    }
}

#[test]
fn modules_and_fields_can_be_documented() {
    let mut world = world();
    let module = world.module("shop::m");
    world.facts.modules[module.index()].documented = true;
    assert_eq!(selected(&world, "{ kind = \"module\", documented = true }"), ["shop::m"]);
    world.fields("shop::m::Order", &[("total", crate::facts::Visibility::Public, &[])]);
    let fields = "{ kind = \"field\", documented = false }";
    assert_eq!(selected(&world, fields), ["total"]);
    world.facts.fields[0].documented = true;
    assert_eq!(selected(&world, fields), [""; 0]);
}

#[test]
fn modules_have_attributes() {
    let mut world = world();
    let attribute = world.reference("sqlx::schema", "sqlx::schema");
    let module = world.module("shop::m");
    world.facts.modules[module.index()].attributes.push(attribute);
    assert_eq!(selected(&world, "{ attribute = \"sqlx::schema\" }"), ["shop::m"]);
}

#[test]
fn lines_are_counted() {
    let mut world = world();
    let module = world.module("shop::m");
    world.facts.modules[module.index()].lines = 300;
    assert_eq!(selected(&world, "{ lines = { min = 300 } }"), ["shop::m"]);
    assert_eq!(selected(&world, "{ kind = \"method\", lines = 10 }").len(), 4);
    assert_eq!(selected(&world, "{ kind = \"method\", lines = { max = 9 } }"), [""; 0]);
    let policy = "[rules.small]\nitems = { kind = \"module\" }\nmust = { lines = { max = 200 } }\n";
    assert_eq!(world.messages(policy), ["small: the module `shop::m` must have at most 200 lines"]);
}

#[test]
fn files_are_matched_by_their_whole_path() {
    let world = world();
    for (glob, expected) in [
        ("shop/m.rs", &["shop::m"][..]),
        ("shop/*", &["shop::f", "shop::m"]),
        ("**/{m,n}.rs", &["shop::m"]),
        ("m.rs", &[]),
        ("*", &["shop"]),
    ] {
        let selector = format!("{{ kind = \"module\", file = \"{glob}\" }}");
        assert_eq!(selected(&world, &selector), expected, "{glob}");
    }
    assert_eq!(selected(&world, "{ kind = \"method\", file = \"shop/m.rs\" }").len(), 4);
}

#[test]
fn test_code_is_told_apart() {
    let mut world = world();
    world.item("shop::f::told()").test = true;
    let policy = |test| {
        format!(
            "[rules.r]\ntests = true\nitems = {{ kind = \"fn\", test = {test} }}\nmust = {{ name = \"x\" }}\n"
        )
    };
    assert_eq!(world.messages(&policy("true")).len(), 1);
    assert_eq!(world.messages(&policy("false")).len(), 4);
}

#[test]
fn what_tests_name_is_tested_and_so_is_what_holds_it() {
    let mut world = World::new(&["shop"]);
    let method = world.method("shop::domain::Order", "place");
    for item in ["shop::domain::Used", "shop::domain::Unused", "shop::other::Line"] {
        world.item(item);
    }
    let by_test = world.uses("shop::domain::tests", "shop::domain::Used");
    world.dependency(by_test).test = true;
    let held = world.uses("shop::domain::tests", "shop::domain::Used");
    let dependency = world.dependency(held);
    (dependency.test, dependency.to) = (true, crate::facts::Target::Item(method));
    world.uses("shop::domain", "shop::other::Line");
    let tested = |world: &World, kind: &str| {
        selected(world, &format!("{{ kind = \"{kind}\", in = \"shop::*\", tested = true }}"))
    };
    assert_eq!(tested(&world, "struct"), ["shop::domain::Order", "shop::domain::Used"]);
    assert_eq!(tested(&world, "method"), ["shop::domain::Order::place"]);
    assert_eq!(tested(&world, "module"), ["shop::domain"]);
    let item = world.id("shop::other::Line");
    world.body(item, &[], &["shop::other::Line"], &[]);
    assert_eq!(tested(&world, "module"), ["shop::domain"]);
    world.facts.local_uses[0].test = true;
    assert_eq!(tested(&world, "module"), ["shop::domain", "shop::other"]);
    let policy = "[rules.tested]\nitems = { kind = \"struct\" }\nmust = { tested = true }\n";
    assert_eq!(
        world.messages(policy),
        ["tested: the struct `shop::domain::Unused` must be used by tests"]
    );
}
