//! Questions, and what they are answered.

use super::*;
use crate::context::Layering;
use crate::facts::{DependencyKind, ItemKind, Modifiers};
use crate::policy::Policy;
use crate::rule::Verdict;
use crate::testing::World;

mod dependencies;
mod items;

const POLICY: &str = r#"
    [layers]
    domain = "shop::domain"
    edge   = "shop::edge"
    none   = { members = "shop::none", optional = true }
    [sets]
    drivers  = ["sqlx", "redis"]
    handlers = ["@edge::handlers"]
"#;

/// Asks `question` of a small world.
fn ask<T>(world: &World, question: impl FnOnce(&View<'_>) -> T) -> T {
    let policy: Policy = world.policy(POLICY).expect("a policy");
    let layering = Layering::new(&PathTree::new(&world.facts), &policy).expect("layers");
    question(&View::new(&world.facts, &policy, &layering))
}

fn paths(items: Items<'_>) -> Vec<String> {
    items.list().expect("items").iter().map(Item::path).collect()
}

fn messages(verdict: &Verdict) -> Vec<&str> {
    verdict.violations.iter().map(|violation| violation.message.as_str()).collect()
}

/// A shop with services, handlers and a driver.
fn shop() -> World {
    let mut world = World::new(&["shop"]);
    world.declares("sqlx", "sqlx");
    world.thing("shop::domain::OrderService");
    world.thing("shop::domain::Order");
    world.thing("shop::edge::handlers::place()");
    world.uses("shop::edge::handlers::place()", "shop::domain::OrderService");
    world.uses("shop::domain::Order", "sqlx::Pool");
    world.uses("shop::edge", "shop::domain::Order");
    world
}
