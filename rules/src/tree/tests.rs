use super::*;
use crate::facts::CrateKind;
use crate::pattern::Pattern;
use crate::testing::World;

fn named(world: &World, pattern: &str) -> Vec<String> {
    let tree = PathTree::new(&world.facts);
    let pattern = Pattern::parse(pattern).expect("a pattern");
    tree.roots(&pattern).iter().map(|(node, _)| tree.path(*node)).collect()
}

#[test]
fn a_subtree_is_a_range_and_parents_come_first() {
    let mut world = World::new(&["shop", "other"]);
    world.thing("shop::a::b::Item::method()");
    world.thing("shop::a::C");
    world.thing("serde::de::Error");
    world.thing("serde::de::Visitor::visit");
    let tree = PathTree::new(&world.facts);
    for node in tree.nodes() {
        assert!(tree.parent(node).is_none_or(|parent| {
            parent < node && tree.subtree(parent).contains(&node.index())
        }));
        let below: usize = tree.children(node).map(|child| tree.subtree(child).len()).sum();
        assert_eq!(tree.subtree(node).len(), below + 1, "{}", tree.path(node));
    }
    let roots: usize = tree.crates().iter().map(|root| tree.subtree(root.node).len()).sum();
    assert_eq!(roots, tree.len());
    for (index, _) in world.facts.externals.iter().enumerate() {
        let external = ExternalId::new(index);
        assert_eq!(tree.path(tree.external(external)), world.facts.external_path(external));
    }
}

#[test]
fn a_package_covers_all_of_its_targets() {
    let mut world = World::new(&["my-shop", "server"]);
    world.target(PackageId::FIRST, CrateKind::Bin, "my_shop");
    world.target(PackageId::FIRST, CrateKind::Bin, "worker");
    world.target(PackageId::FIRST, CrateKind::Bin, "server");
    world.target(PackageId::FIRST, CrateKind::Test, "checks");
    world.target(PackageId::FIRST, CrateKind::BuildScript, "build_script_build");
    let all = [
        "my_shop",
        "my_shop[bin:my_shop]",
        "worker",
        "server[bin:server]",
        "checks",
        "build_script_build",
    ];
    assert_eq!(named(&world, "my-shop"), all);
    assert_eq!(named(&world, "my_shop"), all);
    assert_eq!(named(&world, "my-shop[lib]"), ["my_shop"]);
    assert_eq!(named(&world, "my-shop[bin:my-shop]"), ["my_shop[bin:my_shop]"]);
    assert_eq!(named(&world, "my-shop[build]"), ["build_script_build"]);
    // A binary goes by its own name, unless a package has it; other targets never do.
    assert_eq!(named(&world, "worker"), ["worker"]);
    assert_eq!(named(&world, "server"), ["server"]);
    assert_eq!(named(&world, "checks"), Vec::<String>::new());
}

#[test]
fn a_name_of_its_own_is_more_specific_than_the_package() {
    let mut world = World::new(&["shop"]);
    world.target(PackageId::FIRST, CrateKind::Bin, "worker");
    let tree = PathTree::new(&world.facts);
    let rank = |pattern: &str| {
        let roots = tree.roots(&Pattern::parse(pattern).expect("a pattern"));
        roots.last().expect("something").1
    };
    assert!(rank("worker") > rank("shop"));
    assert!(rank("shop[bin:worker]") > rank("shop"));
    assert!(rank("shop") > rank("sho*"));
}

#[test]
fn what_is_declared_or_comes_with_the_compiler_is_known_unused() {
    let mut world = World::new(&["shop"]);
    world.declares("tokio", "tokio");
    let tree = PathTree::new(&world.facts);
    let known = |pattern: &str| tree.knows_crate(&Pattern::parse(pattern).expect("a pattern"));
    assert!(known("tokio::net") && known("std::fs") && known("core") && known("alloc"));
    assert!(known("shop::nothing") && known("**::x"));
    assert!(!known("axum"));
    let outside = |pattern: &str| tree.begins_outside(&Pattern::parse(pattern).expect("a pattern"));
    assert!(outside("tokio") && !outside("shop"));
}

#[test]
fn a_new_name_does_not_hide_a_package_of_that_name() {
    let mut world = World::new(&["shop"]);
    world.declares("bar", "foo");
    world.declares("foo", "foo");
    world.thing("bar::X");
    world.thing("foo::X");
    assert_eq!(named(&world, "foo"), ["foo"]);
    assert_eq!(named(&world, "bar"), ["bar"]);
}
