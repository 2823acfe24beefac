//! The verb `acyclic`.

use crate::facts::CrateKind;
use crate::facts::PackageId;
use crate::finding::Finding;
use crate::testing::World;

fn rule(scope: &str) -> String {
    format!("[rules.r]\nacyclic = {{ scope = {scope} }}\n")
}

const MODULES: &str = "[rules.r]\nacyclic = { scope = \"modules\" }\n";

fn only_finding(world: &World, policy: &str) -> Finding {
    let mut findings = world.check(policy).findings;
    assert_eq!(findings.len(), 1, "{findings:?}");
    findings.remove(0)
}

#[test]
fn the_cheapest_dependency_of_a_cycle_is_told_with_all_its_places() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::orders::place", "shop::users::User");
    world.uses("shop::orders::cancel", "shop::users::User");
    world.uses("shop::orders", "shop::users::Role");
    world.uses("shop::users", "shop::mail::send()");
    world.uses("shop::users::admin", "shop::mail::send()");
    world.uses("shop::mail::text", "shop::orders::Order");
    let finding = only_finding(&world, MODULES);
    assert_eq!(
        finding.message,
        "`shop::mail` must not use `shop::orders`, which leads back to it through `shop::users`: \
         1 place to change"
    );
    assert_eq!(finding.primary.location.file, "shop/mail/text.rs");
    assert_eq!(finding.primary.text, "imported here");
    let hops: Vec<_> =
        finding.chain.iter().map(|step| (step.from.as_str(), step.to.as_str())).collect();
    assert_eq!(
        hops,
        [("shop::orders::place", "shop::users::User"), ("shop::users", "shop::mail::send")]
    );
    world.uses("shop::mail::html", "shop::orders::Order");
    world.uses("shop::mail::html", "shop::orders::Line");
    let finding = only_finding(&world, MODULES);
    assert_eq!(
        finding.message,
        "`shop::users` must not use `shop::mail`, which leads back to it through `shop::orders`: \
         2 places to change"
    );
    assert_eq!(finding.secondary.len(), 1);
    assert_eq!(finding.secondary[0].location.file, "shop/users/admin.rs");
}

#[test]
fn a_place_with_several_meanings_counts_once_and_a_repeated_use_not_at_all() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::a", "shop::b::B");
    world.uses("shop::a::x", "shop::b::C");
    let back = world.uses("shop::b", "shop::a::A");
    let also = world.uses("shop::b", "shop::a::a()");
    world.dependency(also).span = world.facts.dependencies[back.index()].span;
    let restating = world.uses("shop::b", "shop::a::A");
    world.dependency(restating).restates = Some(back);
    let finding = only_finding(&world, MODULES);
    assert_eq!(
        finding.message,
        "`shop::b` must not use `shop::a`, which uses it: 1 place to change"
    );
}

#[test]
fn a_module_and_what_is_below_it_are_one() {
    let mut world = World::new(&["shop"]);
    world.uses("shop", "shop::orders::place()");
    world.uses("shop::orders", "shop::Root");
    world.uses("shop::orders", "shop::orders::line::Line");
    world.uses("shop::orders::line", "shop::orders::Order");
    assert!(world.messages(MODULES).is_empty());
    // Siblings further down are told by themselves.
    world.uses("shop::orders::line", "shop::orders::price::Price");
    world.uses("shop::orders::price::tax", "shop::orders::line::Line");
    assert_eq!(
        world.messages(MODULES),
        ["r: `shop::orders::line` must not use `shop::orders::price`, which uses it: \
             1 place to change"]
    );
}

#[test]
fn several_dependencies_have_to_go_where_cycles_share_none() {
    let mut world = World::new(&["shop"]);
    for (from, to) in [("a", "b"), ("b", "a"), ("b", "c"), ("c", "b"), ("d", "e"), ("e", "d")] {
        world.uses(&format!("shop::{from}"), &format!("shop::{to}::X"));
    }
    world.uses("shop::a::x", "shop::b::X");
    world.uses("shop::b::x", "shop::c::X");
    world.uses("shop::d::x", "shop::e::X");
    assert_eq!(
        world.messages(MODULES),
        [
            "r: `shop::b` must not use `shop::a`, which uses it: \
             1 place to change, and 2 in all to untangle 3 modules",
            "r: `shop::c` must not use `shop::b`, which uses it: \
             1 place to change, and 2 in all to untangle 3 modules",
            "r: `shop::e` must not use `shop::d`, which uses it: 1 place to change",
        ]
    );
}

#[test]
fn a_long_way_back_is_told_in_short() {
    let mut world = World::new(&["shop"]);
    for (from, to) in [("a", "b"), ("b", "c"), ("c", "d"), ("d", "e"), ("e", "f")] {
        world.uses(&format!("shop::{from}"), &format!("shop::{to}::X"));
        world.uses(&format!("shop::{from}::x"), &format!("shop::{to}::X"));
    }
    world.uses("shop::f", "shop::a::X");
    assert_eq!(
        only_finding(&world, MODULES).message,
        "`shop::f` must not use `shop::a`, which leads back to it through \
         `shop::b`, `shop::c`, `shop::d` and 1 more: 1 place to change"
    );
}

#[test]
fn within_limits_both_ends() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::a::x", "shop::a::y::Y");
    world.uses("shop::a::y", "shop::a::x::X");
    world.uses("shop::b", "shop::a::X");
    world.uses("shop::a", "shop::b::X");
    let within = |pattern: &str| {
        world.messages(&rule(&format!("\"modules\", within = \"{pattern}\""))).len()
    };
    assert_eq!(world.messages(MODULES).len(), 2);
    assert_eq!(within("shop::a"), 1);
    assert_eq!(within("shop"), 2);
    assert_eq!(
        world.messages(&rule("\"modules\", within = \"shop::z\"")),
        ["matches-nothing: `shop::z` in `within` of the rule `r` matches nothing"]
    );
}

#[test]
fn layers_form_cycles_within_a_context() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::orders::app", "shop::orders::domain::Order");
    world.uses("shop::orders::domain", "shop::users::app::find()");
    let plain = "[layers]\ndomain = \"shop::*::domain\"\napp = \"shop::*::app\"\n";
    let layers = "[rules.r]\nacyclic = { scope = \"layers\" }\n";
    assert_eq!(
        world.messages(&format!("{plain}{layers}")),
        ["r: `app` must not use `domain`, which uses it: 1 place to change"]
    );
    let captured = "[layers]\ndomain = \"shop::<c>::domain\"\napp = \"shop::<c>::app\"\n";
    let messages = world.messages(&format!("{captured}{layers}"));
    assert!(messages.iter().all(|message| !message.starts_with("r:")), "{messages:?}");
    world.uses("shop::users::app", "shop::orders::app::place()");
    let messages = world.messages(&format!("{captured}{layers}"));
    let expected = "r: `app` of orders must not use `domain` of orders, \
                    which leads back to it through `app` of users: 1 place to change";
    assert!(messages.iter().any(|message| message == expected), "{messages:?}");
}

#[test]
fn crates_are_packages_with_all_their_targets() {
    let mut world = World::new(&["shop", "helper"]);
    let tests = world.target(PackageId::FIRST, CrateKind::Test, "it");
    assert_eq!(world.facts.modules[tests.index()].parent, None);
    world.uses("it", "helper::Helper");
    world.uses("helper", "shop::Shop");
    world.uses("it", "shop::Shop");
    let crates = rule("\"crates\"");
    assert!(world.messages(&crates).is_empty());
    assert_eq!(
        world.messages(&format!("{crates}tests = true\n")),
        ["r: `shop` must not use `helper`, which uses it: 1 place to change"]
    );
}

#[test]
fn slices_are_what_a_pattern_captures_or_names() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::api::cart", "shop::core::login::User");
    world.uses("shop::core::login", "shop::core::cart::Line");
    let message = "r: `cart` must not use `login`, which uses it: 1 place to change";
    assert_eq!(world.messages(&rule("\"shop::*::<one>\"")), [message]);
    assert_eq!(world.messages(&rule("[\"shop::api::<one>\", \"shop::core::<one>\"]")), [message]);
    assert!(world.messages(&rule("\"shop::core::*\"")).is_empty());
    world.uses("shop::core", "shop::api::Api");
    assert_eq!(
        world.messages(&rule("[\"shop::api\", \"shop::core\"]")),
        ["r: `shop::api` must not use `shop::core`, which uses it: 1 place to change"]
    );
}

#[test]
fn nothing_to_form_a_cycle_is_said() {
    let world = World::new(&["shop"]);
    assert_eq!(
        world.messages(&rule("\"layers\"")),
        ["matches-nothing: the rule `r` matches nothing: there are no layers to form a cycle"]
    );
    let problem = |scope: &str| {
        let problem = world.policy(&rule(scope)).expect_err("a mistake").remove(0);
        format!("{}: {}", problem.message, problem.help.unwrap_or_default())
    };
    assert_eq!(
        problem("\"module\""),
        "`module` is one part, which has no other to be compared with: did you mean `modules`?"
    );
    assert_eq!(
        problem("\"shop::domain\""),
        "`shop::domain` is one part, which has no other to be compared with: write `layers`, \
         `crates`, `modules`, or `<name>` for the segment in which the parts differ"
    );
}

#[test]
fn the_identity_of_a_cycle_is_its_parts_and_not_its_places() {
    let mut world = World::new(&["shop"]);
    world.uses("shop::a::x", "shop::b::B");
    world.uses("shop::a::y", "shop::b::B");
    world.uses("shop::b::x", "shop::a::A");
    let before = only_finding(&world, MODULES).fingerprint;
    let mut world = World::new(&["shop"]);
    world.uses("shop::a::x", "shop::b::B");
    world.uses("shop::a::y", "shop::b::B");
    world.uses("shop::b::renamed", "shop::a::Other");
    assert_eq!(only_finding(&world, MODULES).fingerprint, before);
    let except = format!(
        "{MODULES}except = [{{ from = \"shop::b\", to = \"shop::a\", reason = \"for now\" }}]\n"
    );
    assert!(world.messages(&except).is_empty());
}
