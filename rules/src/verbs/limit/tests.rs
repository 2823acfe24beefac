//! The verb `limit`.

use crate::facts::{ItemKind, Visibility};
use crate::testing::World;

fn rule(keys: &str) -> String {
    format!("[rules.r]\nlimit = {{ {keys} }}\n")
}

fn messages(world: &World, keys: &str) -> Vec<String> {
    world.messages(&rule(keys))
}

/// `core` is used by two and uses one.
fn shop() -> World {
    let mut world = World::new(&["shop"]);
    for (from, to) in [("http", "core"), ("cli", "core"), ("core", "report"), ("cli", "report")] {
        world.uses(&format!("shop::{from}"), &format!("shop::{to}::X"));
    }
    world
}

#[test]
fn lines_are_those_of_a_module_without_test_code() {
    let mut world = World::new(&["shop"]);
    let (wide, inner, tests) = (
        world.module("shop::wide"),
        world.module("shop::wide::inner"),
        world.module("shop::wide::tests"),
    );
    world.facts.modules[wide.index()].lines = 100;
    for (module, lines) in [(inner, 20), (tests, 30)] {
        world.facts.modules[module.index()].inline = true;
        world.facts.modules[module.index()].lines = lines;
        world.facts.modules[module.index()].file = world.facts.modules[wide.index()].file;
    }
    world.facts.modules[tests.index()].test = true;
    let of_modules =
        |max: u32| messages(&world, &format!("of = \"modules\", metric = \"lines\", max = {max}"));
    assert_eq!(of_modules(69), ["r: `shop::wide` has 70 lines, and must have at most 69"]);
    assert!(of_modules(70).is_empty());
    // The crate has one line of its own.
    let of_crates =
        |max: u32| messages(&world, &format!("of = \"crates\", metric = \"lines\", max = {max}"));
    assert_eq!(of_crates(70), ["r: `shop` has 71 lines, and must have at most 70"]);
    assert!(of_crates(71).is_empty());
    let with_tests = rule("of = \"crates\", metric = \"lines\", max = 100") + "tests = true\n";
    assert_eq!(world.messages(&with_tests), ["r: `shop` has 101 lines, and must have at most 100"]);
}

#[test]
fn items_are_counted_where_they_stand() {
    let mut world = World::new(&["shop"]);
    world.item("shop::a::One");
    world.item("shop::a::Two").visibility = Visibility::Private;
    world.item("shop::a::Two::Inner");
    world.item("shop::a::Block").kind = ItemKind::Impl;
    world.item("shop::a::b::Other");
    let of = |keys: &str| messages(&world, &format!("{keys}, max = 0"));
    assert_eq!(
        of("of = \"modules\", metric = \"items\", within = \"shop::a\""),
        [
            "r: `shop::a` has 2 items, and must have at most 0",
            "r: `shop::a::b` has 1 item, and must have at most 0"
        ]
    );
    assert_eq!(
        of("of = \"shop::a\", metric = \"public-items\""),
        ["r: `shop::a` has 2 public items, and must have at most 0"]
    );
}

#[test]
fn neighbours_are_counted_once_and_listed() {
    let mut world = shop();
    world.uses("shop::cli", "shop::core::Y");
    let policy = rule("of = \"modules\", metric = \"fan-out\", max = 1");
    let report = world.check(&policy);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "`shop::cli` has a fan-out of 2, and must have at most 1: `shop::core` and `shop::report`"
    );
    let texts: Vec<&str> = finding.secondary.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(texts, ["uses `shop::core`", "uses `shop::report`"]);
    assert_eq!(
        messages(
            &world,
            "of = \"shop::*\", metric = \"fan-in\", min = 1, within = [\"shop::http\", \"shop::core\"]"
        ),
        ["r: `shop::http` has a fan-in of 0, and must have at least 1"]
    );
}

#[test]
fn a_child_is_another_module() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::a", "shop::a::b::X");
    assert_eq!(messages(&world, "of = \"modules\", metric = \"fan-out\", max = 0").len(), 1);
}

#[test]
fn instability_and_distance_say_how_they_come_about() {
    let mut world = shop();
    let report = world.check(&rule("of = \"modules\", metric = \"instability\", max = 0.3"));
    let texts: Vec<(&str, &str)> =
        report.findings.iter().map(|it| (it.message.as_str(), it.primary.text.as_str())).collect();
    assert!(
        texts.contains(&(
            "`shop::core` has an instability of 0.33, and must have at most 0.3",
            "an instability of 0.33: uses 1, used by 2"
        )),
        "{texts:?}"
    );
    // `report` has no part in `max = 1`, whatever there is.
    assert!(messages(&world, "of = \"modules\", metric = \"instability\", max = 1").is_empty());
    world.item("shop::report::Port").kind = ItemKind::Trait;
    let keys = "of = \"shop::report\", metric = \"distance\", max = 0.4";
    // Among one part nothing uses anything.
    assert_eq!(
        messages(&world, keys),
        ["matches-nothing: the rule `r` matches nothing: nothing of what is measured has a \
          distance from the main sequence"]
    );
    let report = world.check(&rule(
        "of = \"modules\", metric = \"distance\", max = 0.4, within = \"shop::report\"",
    ));
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    // Abstractness 1/2 and instability 0.
    assert_eq!(
        finding.primary.text,
        "a distance from the main sequence of 0.50: abstractness 0.50 (1 of 2 public types is a \
         trait), instability 0.00 (uses 0, used by 2)"
    );
}

#[test]
fn items_are_measured_by_what_they_are_made_of() {
    let mut world = World::new(&["shop"]);
    world.item("shop::a::pay()").form.parameters = 4;
    world.item("shop::a::Order").form.fields = 3;
    world.item("shop::a::Kind").kind = ItemKind::Enum;
    for name in ["shop::a::Kind::A", "shop::a::Kind::B"] {
        world.item(name).kind = ItemKind::Variant;
    }
    let of = |kind: &str, metric: &str, max: u32| {
        messages(
            &world,
            &format!("of = {{ kind = \"{kind}\" }}, metric = \"{metric}\", max = {max}"),
        )
    };
    assert_eq!(
        of("fn", "parameters", 3),
        ["r: the fn `shop::a::pay` has 4 parameters, and must have at most 3"]
    );
    assert!(of("fn", "parameters", 4).is_empty());
    assert_eq!(of("struct", "fields", 2).len(), 1);
    assert_eq!(
        of("enum", "variants", 1),
        ["r: the enum `shop::a::Kind` has 2 variants, and must have at most 1"]
    );
    assert_eq!(of("struct", "lines", 0).len(), 1);
    assert_eq!(of("enum", "methods", 0), [""; 0]);
    // What none of them has is said.
    assert_eq!(
        of("enum", "parameters", 0),
        [
            "matches-nothing: the rule `r` matches nothing: nothing of what is measured has parameters"
        ]
    );
}

#[test]
fn what_makes_no_sense_is_refused() {
    let world = shop();
    for (keys, message, help) in [
        ("of = \"modules\", metric = \"lines\"", "`limit` sets no limit", "add `max"),
        ("of = \"module\", metric = \"lines\", max = 1", "no parts called `module`", "`modules`"),
        ("of = \"modules\", metric = \"line\", max = 1", "`line` is not a metric", "`lines`"),
        ("of = \"modules\", metric = \"fields\", max = 1", "not measured of parts", "`lines`"),
        (
            "of = { kind = \"fn\" }, metric = \"fan-in\", max = 1",
            "not measured of items",
            "`fields`",
        ),
        (
            "of = \"modules\", metric = \"lines\", max = 1.5",
            "a whole number from 0 on, not 1.5",
            "",
        ),
        ("of = \"modules\", metric = \"distance\", max = 2", "a number from 0 to 1, not 2", ""),
        ("of = \"modules\", metric = \"lines\", min = 3, max = 2", "at least 3 and at most 2", ""),
        (
            "of = { kind = \"fn\" }, metric = \"lines\", max = 1, within = \"shop\"",
            "`within` is for parts",
            "`in`",
        ),
    ] {
        let problems = world.policy(&rule(keys)).expect_err(keys);
        assert!(problems[0].message.contains(message), "{keys}: {problems:?}");
        let said = problems[0].help.clone().unwrap_or_default();
        assert!(said.contains(help), "{keys}: {said}");
    }
}

#[test]
fn the_rule_reads_as_a_sentence() {
    let world = shop();
    let sentence = |keys: &str| {
        let policy = world.policy(&rule(keys)).expect("a policy");
        policy.rule("r").expect("the rule").sentence()
    };
    for (keys, said) in [
        (
            "of = \"modules\", metric = \"lines\", max = 400, within = \"shop\"",
            "the modules within `shop` have at most 400 lines each",
        ),
        (
            "of = \"crates\", metric = \"fan-out\", min = 1, max = 5",
            "the crates have a fan-out of between 1 and 5 each",
        ),
        (
            "of = { kind = \"fn\" }, metric = \"parameters\", max = 5",
            "what is a fn has at most 5 parameters",
        ),
    ] {
        assert_eq!(sentence(keys), said);
    }
}
