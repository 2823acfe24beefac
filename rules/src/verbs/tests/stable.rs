//! The verb `stable`.

use crate::testing::World;

fn rule(scope: &str) -> String {
    format!("[rules.r]\nstable = {{ scope = {scope} }}\n")
}

/// `core` is used by two and uses one, which uses two more.
fn shop() -> World {
    let mut world = World::new(&["shop"]);
    for (from, to) in [
        ("http", "core"),
        ("cli", "core"),
        ("core", "report"),
        ("report", "fonts"),
        ("report", "colours"),
    ] {
        world.uses(&format!("shop::{from}"), &format!("shop::{to}::X"));
    }
    world
}

#[test]
fn what_leads_to_something_less_stable_is_told_with_both_numbers() {
    let mut world = shop();
    assert_eq!(
        world.messages(&rule("\"modules\"")),
        ["r: `shop::core` must not use `shop::report`, which is less stable: \
             instability 0.67 (uses 2, used by 1) against 0.33 (uses 1, used by 2)"]
    );
    // Several uses of one module are one, and each place is shown.
    world.uses("shop::core::a", "shop::report::Y");
    let report = world.check(&rule("\"modules\""));
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(finding.primary.location.file, "shop/core.rs");
    assert_eq!(finding.secondary.len(), 1);
    assert!(finding.message.contains("0.33 (uses 1, used by 2)"));
}

#[test]
fn what_is_equally_stable_may_be_used() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::a", "shop::b::B");
    world.uses("shop::b", "shop::a::A");
    world.uses("shop::c", "shop::d::D");
    assert!(world.messages(&rule("\"modules\"")).is_empty());
    // One third against one third, which no rounding may tell apart.
    let mut world = World::new(&["shop"]);
    for (from, to) in [
        ("a", "b"),
        ("x", "a"),
        ("y", "a"),
        ("b", "c"),
        ("b", "d"),
        ("p", "b"),
        ("q", "b"),
        ("r", "b"),
    ] {
        world.uses(&format!("shop::{from}"), &format!("shop::{to}::X"));
    }
    assert!(world.messages(&rule("\"modules\"")).is_empty());
}

#[test]
fn layers_crates_and_slices_are_compared_as_well() {
    let mut world = World::new(&["core", "report", "http", "cli", "fonts", "colours"]);
    for (from, to) in [
        ("http", "core"),
        ("cli", "core"),
        ("core", "report"),
        ("report", "fonts"),
        ("report", "colours"),
    ] {
        world.uses(from, &format!("{to}::X"));
    }
    let layers: String = ["core", "report", "http", "cli", "fonts", "colours"]
        .map(|name| format!("{name} = \"{name}\"\n"))
        .concat();
    let layers = format!("[layers]\n{layers}{}", rule("\"layers\""));
    for policy in [rule("\"crates\""), rule("\"<one>\""), layers] {
        let messages = world.messages(&policy);
        let [message] = &messages[..] else { panic!("{policy}: {messages:?}") };
        assert!(message.contains("which is less stable: instability 0.67"), "{message}");
    }
}

#[test]
fn within_leaves_out_the_rest_of_the_workspace() {
    let mut world = shop();
    world.uses("shop::core::a", "shop::core::b::B");
    let within =
        |pattern: &str| world.messages(&rule(&format!("\"modules\", within = \"{pattern}\"")));
    assert_eq!(within("shop").len(), 1);
    assert!(within("shop::core").is_empty());
    assert_eq!(
        within("shop::nothing"),
        ["matches-nothing: `shop::nothing` in `within` of the rule `r` matches nothing"]
    );
}

#[test]
fn nothing_to_compare_is_said() {
    assert_eq!(
        World::new(&["shop"]).messages(&rule("\"layers\"")),
        ["matches-nothing: the rule `r` matches nothing: there are no layers to be compared"]
    );
}

#[test]
fn test_code_makes_nobody_unstable() {
    let mut world = shop();
    for index in 0..3 {
        let id = world.uses(&format!("shop::t{index}"), "shop::report::X");
        world.dependency(id).test = true;
    }
    let policy = rule("\"modules\"");
    assert_eq!(world.messages(&policy).len(), 1);
    assert!(
        world
            .messages(&format!("{policy}tests = true\n"))
            .iter()
            .all(|text| !text.contains("`shop::core`"))
    );
}
