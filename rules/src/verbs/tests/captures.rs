//! Rules that compare what their patterns capture.

use crate::testing::World;

fn features() -> World {
    let mut world = World::new(&["app"]);
    for (from, to) in [
        ("app::cart::view", "app::cart::model::Line"),
        ("app::cart::view", "app::login::model::User"),
        ("app::login::view::Form", "app::cart::view::Page"),
        ("app::login::model", "app::login::db::Pool"),
        ("app::cart::model", "app::login::db::Pool"),
        ("app", "app::cart::view::Page"),
    ] {
        world.uses(from, to);
    }
    world
}

fn rule(verb: &str) -> String {
    format!("[rules.r]\n{verb}\n")
}

#[test]
fn equal_names_have_equal_values() {
    let world = features();
    assert_eq!(
        world.messages(&rule("forbid = { from = \"app::<f>::model\", to = \"app::<f>::db\" }")),
        ["r: `app::login::model` must not use `app::login::db`"]
    );
    assert_eq!(
        world.messages(&rule("forbid = { from = \"app::*::model\", to = \"app::*::db\" }")).len(),
        2
    );
}

#[test]
fn what_only_one_side_captures_has_any_value() {
    let mut world = features();
    world.uses("app::kernel", "app::cart::model::Line");
    world.uses("app::kernel", "app::login::model::User");
    let any = [
        "r: `app::kernel` must not use `app::cart::model`",
        "r: `app::kernel` must not use `app::login::model`",
    ];
    for side in ["<f>", "*"] {
        let verb = format!("forbid = {{ from = \"app::kernel\", to = \"app::{side}::model\" }}");
        assert_eq!(world.messages(&rule(&verb)), any);
    }
    let only = "only = { from = \"app::<f>::view\", to = \"app::login::db\" }";
    assert_eq!(world.messages(&rule(only)).len(), 2);
}

#[test]
fn another_value_is_another() {
    assert_eq!(
        features().messages(&rule("forbid = { from = \"app::<f>\", to = \"app::<!f>\" }")),
        [
            "r: `app::cart` must not use `app::login`",
            "r: `app::cart` must not use `app::login`",
            "r: `app::login` must not use `app::cart`",
        ]
    );
    assert_eq!(
        features()
            .messages(&rule("forbid = { from = \"app::<!f>::model\", to = \"app::<f>::db\" }")),
        ["r: `app::cart::model` must not use `app::login::db`"]
    );
}

#[test]
fn what_is_within_the_other_side_of_its_own_value_is_on_the_more_exact_side() {
    let mut world = features();
    world.uses("app::cart::view", "app::cart::private::Key");
    world.uses("app::cart::private", "app::cart::private::Key");
    world.uses("app::login::view", "app::cart::private::Key");
    assert_eq!(
        world.messages(&rule("forbid = { from = \"app::<f>\", to = \"app::<f>::private\" }")),
        ["r: `app::cart` must not use `app::cart::private`"]
    );
}

#[test]
fn only_its_own_may() {
    let mut world = features();
    world.uses("app::login::db", "app::login::db::Pool");
    world.uses("app", "app::login::db::Pool");
    assert_eq!(
        world.messages(&rule("only = { from = \"app::<f>::model\", to = \"app::<f>::db\" }")),
        [
            "r: `app` must not use `app::login::db`: only `app::<f>::model` may",
            "r: `app::cart::model` must not use `app::login::db`: only `app::<f>::model` may",
        ]
    );
}

#[test]
fn a_hop_counts_for_those_it_is_kept_from() {
    let mut world = World::new(&["app"]);
    world.thing("app::login::db");
    world.uses_through("app::cart::model", "app::cart::db", "Id", "app::shared::Id");
    world.uses_through("app::login::model", "app::cart::db", "Id", "app::shared::Id");
    let forbid = rule("forbid = { from = \"app::<f>::model\", to = \"app::<f>::db\" }");
    assert_eq!(world.messages(&forbid), ["r: `app::cart::model` must not use `app::cart::db`"]);
}

#[test]
fn chains_lead_to_what_agrees_and_through_what_does_not() {
    let mut world = World::new(&["app"]);
    world.uses("app::cart::model", "app::login::db::Pool");
    world.uses("app::login::db", "app::cart::db::Pool");
    world.uses("app::login::model", "app::helper::Help");
    world.uses("app::helper", "app::cart::db::Pool");
    let forbid =
        rule("forbid = { from = \"app::<f>::model\", to = \"app::<f>::db\", via = \"any\" }");
    let report = world.check(&forbid);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "`app::cart::model` must not reach `app::cart::db`, not even through others"
    );
    assert_eq!(finding.chain.len(), 1);
    world.uses("app::helper", "app::login::db::Pool");
    assert_eq!(world.messages(&forbid).len(), 2);
}

#[test]
fn packages_are_compared_by_a_part_of_their_name() {
    let mut world = World::new(&["shop-orders-domain", "shop-orders-db", "shop-users-db"]);
    world.uses("shop_orders_domain", "shop_orders_db::Pool");
    world.uses("shop_orders_domain", "shop_users_db::Pool");
    let policy = rule("forbid = { from = \"shop-<c>-domain\", to = \"shop-<c>-db\" }");
    assert_eq!(world.messages(&policy), ["r: `shop_orders_domain` must not use `shop_orders_db`"]);
}

#[test]
fn captures_that_match_nothing_are_said() {
    let mut world = features();
    world.thing("app::cart::order_view");
    let matches = |pattern: &str| {
        let verb = format!("forbid = {{ from = \"{pattern}\", to = \"app::login\" }}");
        world.messages(&rule(&verb)).iter().all(|message| !message.contains("matches nothing"))
    };
    assert!(matches("app::<a>::<!a>_view"));
    assert!(!matches("app::<a>::<a>_view"));
}
