//! The verb `facade`.

use crate::facts::{DependencyKind, HopKind, ItemKind};
use crate::testing::World;

fn rule(options: &str) -> String {
    format!("[rules.r]\nfacade = {{ module = {options} }}\n")
}

const OWN: &str = "[rules.r]\nfacade = { module = \"shop::orders\" }\n";

fn shop() -> World {
    let mut world = World::new(&["shop"]);
    for thing in ["shop::orders::Order", "shop::orders::domain::Line", "shop::orders::api::Api"] {
        world.thing(thing);
    }
    world
}

#[test]
fn without_a_list_its_own_items_are_exposed_and_nothing_deeper() {
    let mut world = shop();
    world.uses("shop::users", "shop::orders");
    world.uses("shop::users", "shop::orders::Order::place()");
    world.uses("shop::users", "shop::orders::domain::Line");
    world.uses("shop::orders::api", "shop::orders::domain::Line");
    world.uses("shop::orders::domain", "shop::users::User");
    assert_eq!(
        world.messages(OWN),
        ["r: `shop::users` must not use `shop::orders::domain::Line`: of `shop::orders` \
             only what it declares or re-exports itself is exposed"]
    );
    let report = world.check(OWN);
    assert_eq!(report.findings[0].primary.text, "imported here");
}

#[test]
fn what_is_re_exported_is_exposed_by_that_name_only() {
    let mut world = shop();
    world.uses_through("shop::users", "shop::orders", "Line", "shop::orders::domain::Line");
    assert!(world.messages(OWN).is_empty());
    // The same thing by a way round the facade.
    world.uses_through("shop::users", "shop::orders::domain", "Order", "shop::orders::Order");
    let report = world.check(OWN);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.primary.text,
        "goes through `shop::orders::domain` and resolves to `shop::orders::Order`"
    );
    assert_eq!(finding.chain.len(), 1);
}

#[test]
fn what_another_module_brings_out_is_told_there() {
    let mut world = shop();
    let out = world.uses("shop::prelude", "shop::orders::domain::Line");
    world.dependency(out).kind = DependencyKind::Reexport;
    world.uses_through("shop::users", "shop::prelude", "Line", "shop::orders::domain::Line");
    let report = world.check(OWN);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(finding.primary.location.file, "shop/prelude.rs");
}

#[test]
fn an_import_is_told_and_not_what_restates_it() {
    let mut world = shop();
    let import = world.uses("shop::users", "shop::orders::domain::Line");
    let call =
        world.uses_through("shop::users", "shop::users", "Line", "shop::orders::domain::Line");
    world.facts.chains[1][0].how = HopKind::Import;
    assert_eq!(world.messages(OWN).len(), 2);
    world.dependency(call).restates = Some(import);
    assert_eq!(world.messages(OWN).len(), 1);
}

#[test]
fn with_a_list_only_that_is_exposed() {
    let mut world = shop();
    world.uses("shop::users", "shop::orders");
    world.uses("shop::users", "shop::orders::api");
    world.uses("shop::users", "shop::orders::api::v1::Api");
    world.uses_through("shop::users", "shop::orders::api", "Line", "shop::orders::domain::Line");
    let api = rule("\"shop::orders\", exposes = \"api\"");
    assert!(world.messages(&api).is_empty());
    world.uses("shop::users", "shop::orders::Order");
    assert_eq!(
        world.messages(&api),
        ["r: `shop::users` must not use `shop::orders::Order`: \
             of `shop::orders` only `api` is exposed"]
    );
    for exposes in [
        "[\"api\", \"self\"]",
        "[\"api\", \"Order\"]",
        "[\"shop::orders::api\", \"shop::orders::Ord*\"]",
        "\"**\"",
        "\"@open\"",
    ] {
        let set = "[sets]\nopen = [\"shop::orders::api\", \"shop::orders::Order\"]\n";
        let policy = format!("{set}{}", rule(&format!("\"shop::orders\", exposes = {exposes}")));
        assert!(world.messages(&policy).is_empty(), "{exposes}");
    }
}

#[test]
fn what_is_above_something_exposed_can_be_named_on_the_way() {
    let mut world = shop();
    world.thing("shop::orders::api::v1::Api");
    world.uses("shop::users", "shop::orders::api");
    world.uses("shop::users", "shop::orders::api::v1::Api");
    world.uses("shop::users", "shop::orders::api::Api");
    assert_eq!(
        world.messages(&rule("\"shop::orders\", exposes = \"api::v1\"")),
        ["r: `shop::users` must not use `shop::orders::api::Api`: \
             of `shop::orders` only `api::v1` is exposed"]
    );
}

#[test]
fn a_re_exported_name_can_be_listed() {
    let mut world = shop();
    world.uses_through("shop::users", "shop::orders", "Line", "shop::orders::domain::Line");
    let line = rule("\"shop::orders\", exposes = \"Line\"");
    assert_eq!(world.messages(&line), Vec::<String>::new());
    assert_eq!(world.messages(&rule("\"shop::orders\", exposes = \"api\"")).len(), 1);
    // A glob brings it in by the name it has.
    world.facts.chains[1][0].how = HopKind::Glob;
    world.facts.chains[1][0].name = world.facts.names.intern("*");
    world.facts.chains[1][0].to = world.thing("shop::orders::domain");
    assert_eq!(world.messages(&line), Vec::<String>::new());
    // What is only re-exported and used by nobody counts as there.
    let mut world = shop();
    let id = world.uses("shop::orders", "shop::orders::domain::Line");
    world.dependency(id).kind = DependencyKind::Reexport;
    assert_eq!(world.messages(&line), Vec::<String>::new());
}

#[test]
fn what_is_not_there_to_be_exposed_is_said() {
    let world = shop();
    assert_eq!(
        world.messages(&rule("\"shop::orders\", exposes = [\"api\", \"apy\"]")),
        ["matches-nothing: `apy` in `exposes` of the rule `r` matches nothing"]
    );
    assert_eq!(
        world.messages(&rule("\"shop::order\"")),
        ["matches-nothing: `shop::order` in `module` of the rule `r` matches nothing"]
    );
    let problem = |options: &str| {
        let problem = world.policy(&rule(options)).expect_err("a mistake").remove(0);
        format!("{}: {}", problem.message, problem.help.unwrap_or_default())
    };
    assert_eq!(
        problem("\"shop::<context>\", exposes = \"<contxt>_api\""),
        "`<contxt>` in `<contxt>_api` is compared with nothing: did you mean `<context>`?"
    );
    assert_eq!(
        problem("\"shop::orders\", exposes = []"),
        "an empty list exposes nothing: name what belongs to the facade, or use the verb `only`"
    );
    assert_eq!(
        problem("\"@nothing\""),
        "no layer and no set is called `nothing`: there are no layers and sets"
    );
}

#[test]
fn each_value_has_a_facade_of_its_own() {
    let mut world = shop();
    world.uses("shop::users::domain", "shop::orders::api::Api");
    world.uses("shop::users::domain", "shop::users::api::Api");
    world.uses("shop::users::domain", "shop::users::hidden::Key");
    world.uses("shop::orders::domain", "shop::users::hidden::Key");
    world.uses("shop", "shop::users::hidden::Key");
    for exposes in ["\"api\"", "\"shop::<context>::api\""] {
        let policy = rule(&format!("\"shop::<context>\", exposes = {exposes}"));
        let messages = world.messages(&policy);
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert!(messages[0].starts_with("r: `shop` must not use `shop::users::hidden::Key`"));
        assert!(messages[1].starts_with("r: `shop::orders::domain` must not use"));
    }
}

#[test]
fn a_crate_can_have_a_facade() {
    let mut world = World::new(&["shop-orders", "shop-users"]);
    world.uses("shop_users", "shop_orders::Order");
    world.uses("shop_users", "shop_orders::domain::Line");
    assert_eq!(
        world.messages(&rule("\"shop-*\"")),
        ["r: `shop_users` must not use `shop_orders::domain::Line`: of `shop_orders` \
             only what it declares or re-exports itself is exposed"]
    );
}

#[test]
fn what_a_type_can_do_belongs_to_it_wherever_that_is_written() {
    let mut world = shop();
    world.thing("shop::orders::domain::Order");
    world.implements("std::fmt::Display", "shop::orders::Order");
    let block = world.facts.impls[0].item;
    // The impl stands in a module that is not exposed, and a method in it is used.
    world.facts.items[block.index()].module = world.module("shop::orders::domain");
    let method = world.uses("shop::users", "shop::orders::domain::method()");
    let crate::facts::Target::Item(item) = world.facts.dependencies[method.index()].to else {
        panic!("a method is an item")
    };
    world.facts.items[item.index()].kind = ItemKind::Method;
    world.facts.items[item.index()].parent = Some(block);
    assert!(world.messages(OWN).is_empty());
    assert_eq!(world.messages(&rule("\"shop::orders\", exposes = \"api\"")).len(), 1);
}

#[test]
fn what_calls_hand_over_and_macro_bodies_name_nothing() {
    let mut world = shop();
    let id = world.uses("shop::users", "shop::orders::domain::Line");
    world.dependency(id).inferred = true;
    world.uses_through("shop::users", "shop::orders", "line", "shop::orders::domain::Line");
    world.facts.chains[1][0].how = HopKind::Macro;
    assert!(world.messages(OWN).is_empty());
    assert!(world.messages(&rule("\"shop::orders\", exposes = \"api\"")).is_empty());
    // The body of a macro of someone else is no facade.
    world.uses_through("shop::users", "shop::other", "line", "shop::orders::domain::Line");
    world.facts.chains[2][0].how = HopKind::Macro;
    assert_eq!(world.messages(OWN).len(), 1);
}

#[test]
fn a_module_within_another_has_a_facade_of_its_own() {
    let mut world = shop();
    world.uses("shop::orders::domain", "shop::orders::api::v1::Api");
    world.uses("shop::orders::api", "shop::orders::domain::Line");
    world.uses("shop::users", "shop::orders::api::Api");
    let messages = world.messages(&rule("[\"shop::orders\", \"shop::orders::api\"]"));
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(messages[0].starts_with("r: `shop::orders::domain` must not use"));
}
