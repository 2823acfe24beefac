use super::*;
use crate::facts::{CrateKind, ItemKind, PackageId, Visibility};
use crate::testing::World;

/// What is planted for the only rule of a policy.
fn of(world: &World, policy: &str) -> Result<Vec<Plant>, Unprovable> {
    let policy = world.policy(policy).expect("a policy");
    let rules = [policy.rule("a").expect("the rule")];
    let mut plants = plants(&world.facts, &policy, &rules, |_| "p".to_owned()).expect("no overlap");
    plants.remove(0)
}

/// The texts of each plant, with the modules they are added to.
fn texts(world: &World, policy: &str) -> Vec<String> {
    let plants = of(world, policy).expect("plants");
    let text = |edit: &Edit| match edit {
        Edit::Append { module, text } => {
            format!("{}: {text}", world.facts.module_path(*module))
        }
        Edit::File { path, .. } => path.clone(),
        Edit::Package { name, .. } => format!("package {name}"),
        Edit::Library { package } => format!("library of {}", package.number()),
        Edit::Dependency { package, on, .. } => format!("{} on {on:?}", package.number()),
    };
    let joined = |plant: &Plant| plant.edits.iter().map(text).collect::<Vec<_>>().join(", ");
    plants.iter().map(joined).collect()
}

fn forbid(from: &str, to: &str) -> String {
    format!("[rules.a]\nforbid = {{ from = \"{from}\", to = \"{to}\" }}\n")
}

#[test]
fn every_plant_has_names_of_its_own_and_crates_take_turns() {
    let mut world = World::new(&["a", "b", "c"]);
    for module in ["a::x", "a::y", "b::x", "c"] {
        world.module(module);
    }
    world.declares("c", "c");
    world.facts.packages[0].dependencies[0].workspace = Some(PackageId::new(2));
    let policy = "[rules.a]\nforbid = { from = [\"a\", \"b\"], to = \"c\" }\n";
    assert_eq!(
        texts(&world, policy),
        [
            "a: use ::c as p_0;",
            "1 on Member(PackageId(2)), b: use ::c as p_1;",
            "a::x: use ::c as p_2;",
            "1 on Member(PackageId(2)), b::x: use ::c as p_3;",
            "a::y: use ::c as p_4;",
        ]
    );
}

#[test]
fn keywords_are_escaped() {
    let mut world = World::new(&["a"]);
    world.module("a::x");
    world.module("a::type::match");
    assert_eq!(
        texts(&world, &forbid("a::x", "a::type::match"))[0],
        "a::x: use crate::r#type::r#match as p_0;"
    );
}

#[test]
fn things_without_a_path_are_passed_over() {
    let mut world = World::new(&["a"]);
    world.module("a::x");
    for (name, kind) in [("A", ItemKind::Impl), ("F", ItemKind::Field), ("M", ItemKind::Macro)] {
        world.item(&format!("a::y::{name}")).kind = kind;
    }
    world.item("a::y::Hidden").visibility = Visibility::Private;
    assert!(of(&world, &forbid("a::x", "a::y::*")).is_err());
    world.item("a::y::Seen").visibility = Visibility::Public;
    assert_eq!(texts(&world, &forbid("a::x", "a::y::*"))[0], "a::x: use crate::y::Seen as p_0;");
}

#[test]
fn binaries_are_given_a_library() {
    let mut world = World::new(&["a"]);
    let name = world.facts.names.intern("app");
    world.facts.packages.push(crate::facts::Package {
        name,
        manifest: "app/Cargo.toml".to_owned(),
        layer: None,
        dependencies: Vec::new(),
        features: Vec::new(),
    });
    world.target(PackageId::new(1), CrateKind::Bin, "app");
    let expected = "library of 1, 0 on Member(PackageId(1)), a: use ::app as p_0;";
    assert_eq!(texts(&world, &forbid("a", "app"))[0], expected);
    assert!(of(&world, &forbid("a", "app::x")).is_err());
}

#[test]
fn what_nobody_names_is_made_up_from_its_pattern() {
    let mut world = World::new(&["a"]);
    world.module("a");
    let first = |world: &World, to: &str| texts(world, &forbid("a", to))[0].clone();
    assert_eq!(first(&world, "std::fs"), "a: use ::std::fs as p_0;");
    assert_eq!(
        first(&world, "aws-sdk-*::{S3,Sqs}::**"),
        "0 on Outside(\"aws_sdk_p_0\"), a: use ::aws_sdk_p_0::S3 as p_0;"
    );
    world.declares("sqlx", "sql");
    assert_eq!(first(&world, "sqlx"), "a: use ::sql as p_0;");
    // Of its own crates the workspace knows every name.
    assert!(of(&world, &forbid("a::**", "a::gone")).is_err());
}

#[test]
fn nothing_is_planted_where_no_module_is_meant() {
    let mut world = World::new(&["a"]);
    world.item("a::x::Order").kind = ItemKind::Struct;
    let Err(Unprovable(reason)) = of(&world, &forbid("a::x::Order", "std::fs")) else {
        panic!("an item is no module")
    };
    assert!(reason.contains("no whole modules"), "{reason}");
}

#[test]
fn test_code_is_planted_in_where_it_counts() {
    let mut world = World::new(&["a"]);
    let module = world.module("a::checks");
    world.facts.modules[module.index()].test = true;
    let policy = forbid("a::checks", "std::fs");
    assert!(of(&world, &policy).is_err());
    let tests = policy + "tests = true\n";
    assert_eq!(texts(&world, &tests), ["a::checks: use ::std::fs as p_0;"]);
}

#[test]
fn members_are_added_where_a_pattern_leaves_a_name_open() {
    let mut world = World::new(&["a"]);
    world.module("a::features::x");
    let require =
        |from: &str| format!("[rules.a]\nrequire = {{ from = \"{from}\", to = \"std::fmt\" }}\n");
    assert_eq!(texts(&world, &require("a::features::*")), ["a::features: pub mod p {}"]);
    assert_eq!(texts(&world, &require("a::*::*_api")), ["a::features: pub mod p_api {}"]);
    assert_eq!(texts(&world, &require("shop-*")), ["package shop_p"]);
    let Err(Unprovable(reason)) = of(&world, &require("a::features")) else { panic!("literal") };
    assert!(reason.contains("called by its name"), "{reason}");
}

#[test]
fn cycles_are_closed_or_made() {
    let mut world = World::new(&["a", "b"]);
    for module in ["a::x", "a::y", "a::y::z"] {
        world.module(module);
    }
    let acyclic = |scope: &str| format!("[rules.a]\nacyclic = {{ scope = \"{scope}\" }}\n");
    assert_eq!(
        texts(&world, &acyclic("modules")),
        ["a::x: use crate::y as p_0;, a::y: use crate::x as p_1;"]
    );
    world.uses("a::y::z", "a::x");
    assert_eq!(texts(&world, &acyclic("modules")), ["a::x: use crate::y::z as p_3_2;"]);
    assert_eq!(
        texts(&world, &acyclic("crates")),
        [
            "0 on Member(PackageId(1)), a: use ::b as p_0;, 1 on Member(PackageId(0)), b: use ::a as p_1;"
        ]
    );
}

#[test]
fn orphans_stand_in_the_folders_of_modules() {
    let mut world = World::new(&["a"]);
    world.module("a::x");
    let policy = "[rules.a]\norphans = { within = \"a::x\" }\n";
    assert_eq!(texts(&world, policy), ["a/x/p_0.rs"]);
}
