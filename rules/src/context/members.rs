//! What is in which layer, for those who list it.

use super::Layering;
use crate::facts::{Facts, Target};
use crate::policy::{Policy, Problem};
use crate::tree::{PathTree, Thing};

/// The modules and items that are in a layer, each with its name, in the order of their paths'
/// tree.
///
/// # Errors
///
/// Where the layers of the policy overlap.
pub fn layer_members(
    facts: &Facts,
    policy: &Policy,
) -> Result<Vec<(String, Target)>, Vec<Problem>> {
    let tree = PathTree::new(facts);
    let layering = Layering::new(&tree, policy)?;
    let member = |node| {
        let layer = &policy.layer(layering.layer(node)?).name;
        let target = match tree.thing(node) {
            Thing::Module(module) => Target::Module(module),
            Thing::Item(item) => Target::Item(item),
            Thing::Outside => return None,
        };
        Some((layer.clone(), target))
    };
    Ok(tree.nodes().filter_map(member).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::World;

    #[test]
    fn modules_and_items_are_in_the_layer_that_names_them_best() {
        let mut world = World::new(&["shop"]);
        world.module("shop::domain");
        world.item("shop::domain::Order");
        world.module("shop::db");
        world.uses("shop::db", "sqlx::Pool");
        let layers = "[layers]\ndomain = \"shop::domain\"\nrest = [\"shop\", \"sqlx\"]\n";
        let policy = world.policy(layers).expect("a policy");
        let members = layer_members(&world.facts, &policy).expect("no overlap");
        let shown: Vec<String> = members
            .iter()
            .map(|(layer, target)| format!("{layer} {}", world.facts.target_path(*target)))
            .collect();
        assert_eq!(
            shown,
            ["rest shop", "domain shop::domain", "domain shop::domain::Order", "rest shop::db"]
        );
    }
}
