//! Contexts: layers that capture.

use crate::testing::World;

const LAYERS: &str = r#"
[layers]
domain = "shop::<context>::domain"
app = { members = "shop::<context>::app", may-use = ["domain"] }
kernel = "shop::kernel"
main = "shop"
"#;

fn shop() -> World {
    let mut world = World::new(&["shop"]);
    for module in ["orders::domain", "orders::app", "users::domain", "users::app", "kernel"] {
        world.thing(&format!("shop::{module}"));
    }
    world
}

#[test]
fn contexts_do_not_use_each_other() {
    let mut world = shop();
    world.uses("shop::orders::app", "shop::users::domain::User");
    world.uses("shop::orders::app", "shop::orders::domain::Order");
    assert_eq!(
        world.messages(LAYERS),
        ["contexts-are-independent: `shop::orders::app` (app of orders) must not use \
             `shop::users::domain` (domain of users): \
             contexts meet only through facades, and it has none"]
    );
    let finding = world.check(LAYERS).findings.remove(0);
    assert_eq!(
        finding.because.as_deref(),
        Some("a context that others reach into cannot change by itself")
    );
    let off = format!("{LAYERS}[rules]\ncontexts-are-independent = \"off\"\n");
    assert!(world.messages(&off).is_empty());
    let excepted = format!(
        "{LAYERS}[[rules.contexts-are-independent.except]]\nfrom = \"shop::orders\"\nreason = \"r\"\n"
    );
    assert!(world.messages(&excepted).is_empty());
}

#[test]
fn rules_between_layers_hold_within_a_context() {
    let mut world = shop();
    world.uses("shop::orders::domain", "shop::orders::app::place()");
    world.uses("shop::orders::domain", "shop::users::app::find()");
    let forbid = "[rules.pure]\nforbid = { from = \"@domain\", to = \"@app\" }\n";
    let messages = world.messages(&format!("{LAYERS}{forbid}"));
    let [within, across] = &messages[..] else { panic!("{messages:?}") };
    assert!(across.starts_with("contexts-are-independent: "), "{across}");
    assert_eq!(
        within,
        "pure: `shop::orders::domain` (domain of orders) must not use \
         `shop::orders::app` (app of orders)"
    );
}

#[test]
fn may_use_holds_within_a_context() {
    let mut world = shop();
    world.thing("shop::orders::web");
    let layers = LAYERS.replace("kernel =", "web = \"shop::<context>::web\"\nkernel =");
    world.uses("shop::orders::app", "shop::orders::web::Page");
    world.uses("shop::orders::app", "shop::users::web::Page");
    let messages = world.messages(&layers);
    let [within, across] = &messages[..] else { panic!("{messages:?}") };
    assert_eq!(
        within,
        "app-may-use: `shop::orders::app` (app of orders) must not use \
         `shop::orders::web` (web of orders): `app` may use only `domain`"
    );
    assert!(across.starts_with("contexts-are-independent: "), "{across}");
}

#[test]
fn code_of_no_context_uses_them_and_is_used() {
    let mut world = shop();
    world.uses("shop::orders::domain", "shop::kernel::Id");
    world.uses("shop::kernel", "shop::users::domain::User");
    world.uses("shop", "shop::orders::app::place()");
    assert!(world.messages(LAYERS).iter().all(|message| !message.starts_with("contexts")));
}

#[test]
fn a_context_is_all_that_lies_below_what_is_captured() {
    let mut world = shop();
    world.uses("shop::orders::helper", "shop::users::domain::User");
    world.uses("shop::users", "shop::orders::helper::Help");
    // A module without a layer of a context is none, and one named apart belongs to none.
    world.uses("shop::other", "shop::users::domain::User");
    world.uses("shop::orders::wiring", "shop::users::domain::User");
    let layers = LAYERS.replace("kernel =", "wiring = \"shop::orders::wiring\"\nkernel =");
    let messages = world.messages(&layers);
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(messages[0].contains("`shop::orders` (main of orders) must not use"), "{messages:?}");
    assert!(messages[1].contains("`shop::users` (main of users) must not use"), "{messages:?}");
}

#[test]
fn contexts_meet_through_facades() {
    let mut world = shop();
    world.uses("shop::orders::app", "shop::users::api::Users");
    world.uses("shop::orders::app", "shop::users::domain::User");
    let facade = "[rules.doors]\nfacade = { module = \"shop::<context>\", exposes = \"api\" }\n";
    assert_eq!(
        world.messages(&format!("{LAYERS}{facade}")),
        ["doors: `shop::orders::app` (app of orders) must not use `shop::users::domain::User` \
             (domain of users): of `shop::users` (main of users) only `api` is exposed"]
    );
    // A facade that is off is none, and one of another context neither.
    let off = format!("{LAYERS}{facade}severity = \"off\"\n");
    assert_eq!(world.messages(&off).len(), 2);
    let other = facade.replace("shop::<context>", "shop::orders").replace("api", "domain");
    let messages = world.messages(&format!("{LAYERS}{other}"));
    assert_eq!(messages.len(), 2);
    assert!(messages[0].ends_with("contexts meet only through facades, and it has none"));
}

#[test]
fn crates_are_contexts_too() {
    let mut world = World::new(&["shop-orders-domain", "shop-orders-db", "shop-users-db"]);
    world.uses("shop_orders_domain", "shop_users_db::Pool");
    world.uses("shop_orders_db", "shop_orders_domain::Order");
    let layers = "[layers]\ndomain = \"shop-<context>-domain\"\ndb = \"shop-<context>-db\"\n";
    assert_eq!(
        world.messages(layers),
        ["contexts-are-independent: `shop_orders_domain` (domain of orders) must not use \
             `shop_users_db` (db of users): \
             contexts meet only through facades, and it has none"]
    );
}

#[test]
fn layers_that_capture_by_different_names_are_of_no_common_context() {
    let mut world = shop();
    world.uses("shop::orders::app", "shop::users::domain::User");
    let layers = "[layers]\ndomain = \"shop::<one>::domain\"\napp = \"shop::<other>::app\"\n";
    assert!(world.messages(layers).is_empty());
}

#[test]
fn without_captures_there_is_no_such_rule() {
    let policy = shop().policy("[layers]\ndomain = \"shop::*::domain\"\n").expect("a policy");
    assert!(policy.rule("contexts-are-independent").is_none());
}
