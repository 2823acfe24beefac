use serde_spanned::Spanned;

use super::*;
use crate::policy::raw::{RawEntry, RawPolicy};
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
    let found = pack("hexagonal").expect("a pack of this name");
    assert_eq!(found.name, "hexagonal");
    assert_eq!(pack("octagonal"), None);
}

#[test]
fn every_rule_has_reasons_a_way_out_and_examples() {
    let mut count = 0;
    for pack in PACKS {
        let raw: RawPolicy = toml::from_str(pack.text).expect("a policy's shape");
        for (id, entry) in &raw.rules {
            let id = id.get_ref();
            let RawEntry::Rule(rule) = entry else { panic!("{id} is no rule") };
            count += 1;
            assert!(rule.because.is_some(), "{id} has no because");
            assert!(rule.fix.is_some(), "{id} has no fix");
            let examples = || rule.examples.iter().map(Spanned::get_ref);
            let bad = examples().find_map(|example| example.bad.as_ref());
            let marks = [format!("//~ {id}"), format!("#~ {id}")];
            let is_marked =
                |bad: &Spanned<String>| marks.iter().any(|mark| bad.get_ref().contains(mark));
            assert!(bad.is_some_and(is_marked), "{id}");
            assert!(examples().any(|example| example.good.is_some()), "{id} has no good example");
        }
    }
    assert!(count > 55, "only {count}");
}

#[test]
fn a_style_takes_all_other_packs_beside_it() {
    let all: Vec<&str> = PACKS.iter().map(|pack| pack.name).collect();
    let styles = ["clean-architecture", "hexagonal", "onion"];
    for style in styles {
        let names: Vec<String> = all
            .iter()
            .filter(|name| **name == style || !styles.contains(name))
            .map(|name| match (style, *name) {
                ("hexagonal", name) if name != style => {
                    format!("{{ pack = \"{name}\", layers = {{ {} }} }}", mapping(name).join(", "))
                }
                (_, name) => format!("\"{name}\""),
            })
            .collect();
        let layers = "domain = \"a\"\napplication = \"b\"\ninfrastructure = \"c\"\npresentation = \"d\"\ninbound = \"e\"\noutbound = \"f\"\n";
        let policy = format!("extends = [{}]\n[layers]\n{layers}", names.join(", "));
        let world = World::new(&["a", "b", "c", "d", "e", "f"]);
        let policy = world.policy(&policy).unwrap_or_else(|problems| panic!("{problems:#?}"));
        for id in ["domain-is-pure", "commands-ignore-queries", "no-serde-or-row-derives-in-core"] {
            assert!(policy.rule(id).is_some(), "{style} has no {id}");
        }
    }
}

/// How a pack's names for layers are mapped to those of `hexagonal`.
fn mapping(name: &str) -> Vec<&'static str> {
    let raw: RawPolicy = toml::from_str(pack(name).expect("a pack").text).expect("a policy");
    let has = |layer: &str| raw.layers.keys().any(|name| name.get_ref() == layer);
    let names = [
        ("infrastructure", "infrastructure = \"outbound\""),
        ("presentation", "presentation = \"inbound\""),
    ];
    names.into_iter().filter(|(layer, _)| has(layer)).map(|(_, mapping)| mapping).collect()
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
