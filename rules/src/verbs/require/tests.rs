//! Each branch of `require`.

use crate::facts::{CrateKind, PackageId};
use crate::testing::World;

/// A shop with two handlers, the first of which is traced.
fn shop() -> World {
    let mut world = World::new(&["shop"]);
    world.thing("shop::handlers::orders");
    world.thing("shop::handlers::bills");
    world.thing("shop::trace::span()");
    world.uses("shop::handlers::orders::place()", "shop::trace::span()");
    world
}

const POLICY: &str =
    "[rules.traced]\nrequire = { from = \"shop::handlers::*\", to = \"shop::trace\" }\n";

fn any(policy: &str) -> String {
    policy.replace(" }", ", via = \"any\" }")
}

#[test]
fn each_module_that_a_pattern_names_must_use_it() {
    let mut world = shop();
    let report = world.check(POLICY);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.message, "`shop::handlers::bills` must use `shop::trace`");
    assert_eq!(finding.primary.text, "nothing in it uses `shop::trace`");
    assert_eq!(finding.primary.location.file, "shop/handlers.rs");
    world.uses("shop::handlers::bills::old::pay()", "shop::trace");
    assert_eq!(world.messages(POLICY), Vec::<String>::new());
}

#[test]
fn the_sentence_says_how_far_it_looks() {
    let world = shop();
    let sentence = |policy: &str| world.policy(policy).expect("a policy").rules()[0].sentence();
    assert_eq!(sentence(POLICY), "every member of `shop::handlers::*` must use `shop::trace`");
    let two = POLICY.replace("\"shop::trace\"", "[\"shop::trace\", \"std::fmt\"]");
    assert_eq!(
        sentence(&any(&two)),
        "every member of `shop::handlers::*` must reach, if only through others, `shop::trace` or `std::fmt`"
    );
}

#[test]
fn one_of_several_is_enough() {
    let mut world = shop();
    world.uses("shop::handlers::bills", "std::fmt::Debug");
    let policy = POLICY.replace("\"shop::trace\"", "[\"shop::trace\", \"std::fmt\"]");
    assert_eq!(world.messages(&policy), Vec::<String>::new());
    let policy = POLICY.replace("\"shop::trace\"", "[\"shop::trace::Span\", \"std::io\"]");
    world.thing("shop::trace::Span");
    assert_eq!(
        world.messages(&policy),
        [
            "traced: `shop::handlers::orders` must use `shop::trace::Span` or `std::io`",
            "traced: `shop::handlers::bills` must use `shop::trace::Span` or `std::io`",
        ]
    );
}

#[test]
fn going_through_a_reexport_in_it_is_using_it() {
    let mut world = shop();
    world.uses_through("shop::handlers::bills", "shop::trace", "Span", "tracing::Span");
    assert_eq!(world.messages(POLICY), Vec::<String>::new());
}

#[test]
fn only_with_via_any_may_it_be_used_through_others() {
    let mut world = shop();
    world.uses("shop::handlers::bills", "shop::common::Log");
    world.uses("shop::common", "shop::trace::Span");
    assert_eq!(world.messages(POLICY).len(), 1);
    assert_eq!(world.messages(&any(POLICY)), Vec::<String>::new());
    world.thing("shop::handlers::mail");
    let report = world.check(&any(POLICY));
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.message, "`shop::handlers::mail` must reach `shop::trace`");
    assert_eq!(finding.primary.text, "nothing in it leads to `shop::trace`");
}

#[test]
fn a_crate_is_reached_through_other_crates_as_cargo_says() {
    let mut world = shop();
    world.uses("shop::handlers::bills", "axum::Router");
    let policy = any(&POLICY.replace("shop::trace", "tracing"));
    world.links("axum", "tracing");
    assert_eq!(world.messages(&policy), ["traced: `shop::handlers::orders` must reach `tracing`"]);
    let needs = |policy: &str| world.policy(policy).expect("a policy").needs().external_graph;
    assert!(needs(&policy));
    assert!(!needs(&any(POLICY)));
    assert!(!needs(&POLICY.replace("shop::trace", "tracing")));
}

#[test]
fn test_code_is_no_answer_and_owes_none() {
    let mut world = shop();
    let test = world.uses("shop::handlers::bills", "shop::trace::span()");
    world.dependency(test).test = true;
    let module = world.module("shop::handlers::tests");
    world.facts.modules[module.index()].test = true;
    assert_eq!(world.messages(POLICY), ["traced: `shop::handlers::bills` must use `shop::trace`"]);
    assert_eq!(world.messages(&any(POLICY)).len(), 1);
    assert_eq!(
        world.messages(&format!("{POLICY}tests = true\n")),
        ["traced: `shop::handlers::tests` must use `shop::trace`"]
    );
}

#[test]
fn what_is_in_it_owes_nothing() {
    let mut world = shop();
    world.uses("shop::trace::file", "shop::trace::span()");
    let policy = POLICY.replace("shop::handlers::*", "shop::*");
    assert_eq!(world.messages(&policy), Vec::<String>::new());
    // That a member holds it is not that it uses it.
    let policy = POLICY.replace("shop::handlers::*", "shop").replace("::trace", "::trace::span");
    world.facts.dependencies.clear();
    world.uses("shop::trace::span()", "shop::trace::span()");
    assert_eq!(world.messages(&policy), ["traced: `shop` must use `shop::trace::span`"]);
    let all = POLICY.replace("shop::handlers::*", "shop::trace");
    let [message] = &world.messages(&all)[..] else { panic!("one finding") };
    assert!(
        message.starts_with("matches-nothing: the rule `traced` matches nothing: "),
        "{message}"
    );
}

#[test]
fn the_crates_of_a_package_are_one_member() {
    let mut world = World::new(&["shop-http", "shop-worker"]);
    let http = world.target(PackageId::FIRST, CrateKind::Bin, "shop_http");
    world.target(PackageId::FIRST, CrateKind::BuildScript, "build");
    let policy = "[rules.traced]\nrequire = { from = \"shop-*\", to = \"tracing\" }\n";
    world.uses("shop_worker", "tracing::Span");
    let edge = world.uses("shop_worker", "tracing::Span");
    let build = world.facts.crates[3].root;
    world.dependency(edge).from = build;
    // A build script does not speak for its package.
    assert_eq!(world.messages(policy), ["traced: `shop_http` must use `tracing`"]);
    world.dependency(edge).from = http;
    assert_eq!(world.messages(policy), Vec::<String>::new());
    // Named by itself, it is a member.
    let only = policy.replace("shop-*", "shop-http[build]");
    assert_eq!(world.messages(&only), ["traced: `build` must use `tracing`"]);
}

#[test]
fn a_layer_stands_for_the_modules_at_its_top() {
    let mut world = shop();
    let policy = "[layers]\nhttp = [\"shop::handlers::{orders,bills}\"]\n\
                  [rules.traced]\nrequire = { from = \"@http\", to = \"shop::trace\" }\n";
    world.thing("shop::handlers::bills::inner");
    assert_eq!(
        world.messages(policy),
        ["traced: `shop::handlers::bills` (http) must use `shop::trace`"]
    );
}

#[test]
fn where_no_module_is_named_items_are_with_their_impls() {
    let mut world = shop();
    world.thing("shop::model::Order");
    world.thing("shop::model::Bill");
    world.implements("std::fmt::Debug", "shop::model::Bill");
    let block = world.facts.impls[0].item;
    let edge = world.uses("shop::model", "shop::trace::span()");
    world.dependency(edge).item = Some(block);
    let policy = POLICY.replace("handlers", "model");
    assert_eq!(world.messages(&policy), ["traced: `shop::model::Order` must use `shop::trace`"]);
    let finding = &world.check(&policy).findings[0];
    assert_eq!(finding.primary.location.span.end - finding.primary.location.span.start, 5);
}

#[test]
fn exceptions_name_the_member_or_what_it_need_not_use() {
    let world = shop();
    for except in ["from = \"shop::handlers::bills\"", "to = \"shop::trace\""] {
        let policy = format!("{POLICY}except = [{{ {except}, reason = \"old\" }}]\n");
        assert_eq!(world.messages(&policy), Vec::<String>::new(), "{except}");
    }
}

#[test]
fn what_is_not_there_is_told() {
    let world = shop();
    let policy = POLICY.replace("shop::trace", "shop::tracer");
    assert_eq!(
        world.messages(&policy)[0],
        "matches-nothing: `shop::tracer` in `to` of the rule `traced` matches nothing"
    );
}
