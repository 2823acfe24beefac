use super::*;
use crate::policy::Origin;
use crate::testing::World;

const CLEAN: &str = r#"
extends = ["clean-architecture"]
[layers]
domain = "shop-domain"
application = "shop-application"
infrastructure = "shop-infrastructure"
presentation = "shop-presentation"
"#;

const HEXAGONAL: &str = r#"
extends = [{ pack = "hexagonal", layers = { inbound = "http", outbound = "sql" } }]
[layers]
domain = "blog::domain"
http = "blog::inbound"
sql = "blog::outbound"
"#;

fn shop() -> World {
    World::new(&["shop-application", "shop-domain", "shop-infrastructure", "shop-presentation"])
}

#[test]
fn packs_are_sorted_and_found_by_name() {
    assert!(PACKS.is_sorted_by_key(|pack| pack.name));
    assert_eq!(pack("hexagonal"), Some(PACKS[1]));
    assert_eq!(pack("octagonal"), None);
}

#[test]
fn every_rule_has_reasons_a_way_out_and_examples() {
    let worlds = [(shop(), CLEAN), (World::new(&["blog"]), HEXAGONAL)];
    for (mut world, text) in worlds {
        for module in ["blog::domain", "blog::inbound", "blog::outbound"] {
            world.thing(module);
        }
        let policy = world.policy(text).expect("a policy");
        let of_pack =
            policy.rules().iter().filter(|rule| matches!(rule.origin, Origin::Pack { .. }));
        let mut count = 0;
        for rule in of_pack {
            count += 1;
            assert!(rule.because.is_some(), "{} has no because", rule.id);
            assert!(rule.fix.is_some(), "{} has no fix", rule.id);
            let bad = rule.examples.iter().find_map(|example| example.bad.as_ref());
            assert!(
                bad.is_some_and(|bad| bad.text.contains(&format!("//~ {}", rule.id))),
                "{}",
                rule.id
            );
            assert!(rule.examples.iter().any(|example| example.good.is_some()), "{}", rule.id);
        }
        assert_eq!(count, 7);
    }
}

#[test]
fn clean_architecture_points_inward() {
    let mut world = shop();
    world.uses("shop_application::place", "shop_domain::Order");
    world.uses("shop_infrastructure::db", "shop_application::OrderRepository");
    world.uses("shop_presentation::routes", "shop_application::place");
    world.uses("shop_domain", "std::fmt::Display");
    world.item("shop_application::OrderRepository").kind = crate::facts::ItemKind::Trait;
    assert_eq!(world.messages(CLEAN), Vec::<String>::new());

    world.uses("shop_domain::order", "shop_infrastructure::db::Pool");
    world.uses("shop_domain::order", "std::fs::read");
    world.uses("shop_domain::order", "sqlx::PgPool");
    world.uses("shop_application::place", "shop_presentation::routes");
    world.uses("shop_infrastructure::db", "shop_presentation::routes");
    world.uses("shop_presentation::routes", "shop_infrastructure::db::Pool");
    world.item("shop_infrastructure::UserRepository").kind = crate::facts::ItemKind::Trait;
    assert_eq!(
        world.messages(CLEAN),
        [
            "application-uses-domain-only: `shop_application` (application) must not use `shop_presentation` (presentation)",
            "domain-is-pure: `shop_domain` (domain) must not use `shop_infrastructure` (infrastructure)",
            "domain-is-pure: `shop_domain` (domain) must not use `std::fs` (io)",
            "no-frameworks-in-core: `shop_domain` (domain) must not use `sqlx` (frameworks)",
            "ports-in-application: the trait `shop_infrastructure::UserRepository` (infrastructure) must be in `domain` or `application`",
            "infrastructure-ignores-presentation: `shop_infrastructure` (infrastructure) must not use `shop_presentation` (presentation)",
            "presentation-ignores-infrastructure: `shop_presentation` (presentation) must not use `shop_infrastructure` (infrastructure)",
        ]
    );
}

#[test]
fn hexagonal_keeps_the_two_sides_apart_under_other_names() {
    let mut world = World::new(&["blog"]);
    world.uses("blog::inbound::http", "blog::domain::Service");
    world.uses("blog::outbound::sql", "blog::domain::Post");
    world.item("blog::domain::PostRepository").kind = crate::facts::ItemKind::Trait;
    assert_eq!(world.messages(HEXAGONAL), Vec::<String>::new());
    world.uses("blog::domain::service", "blog::outbound::sql::Sqlite");
    world.uses("blog::inbound::http", "blog::outbound::sql::Sqlite");
    world.uses("blog::outbound::sql", "blog::inbound::http::Request");
    assert_eq!(
        world.messages(HEXAGONAL),
        [
            "domain-is-pure: `blog::domain` (domain) must not use `blog::outbound` (sql)",
            "inbound-ignores-outbound: `blog::inbound` (http) must not use `blog::outbound` (sql)",
            "outbound-ignores-inbound: `blog::outbound` (sql) must not use `blog::inbound` (http)",
        ]
    );
}
