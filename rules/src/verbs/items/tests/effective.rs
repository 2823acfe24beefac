//! What other crates can name.

use super::selected;
use crate::facts::Visibility::{Crate, Private, Public, Restricted};
use crate::facts::{CrateKind, ItemKind, PackageId};
use crate::testing::World;

/// The paths of what is exported, crate roots apart.
fn exported(world: &World, kind: &str) -> Vec<String> {
    selected(world, &format!("{{ kind = {kind}, exported = true }}"))
}

/// A library with a module that others see and one that they do not.
fn library() -> World {
    let mut world = World::new(&["shop"]);
    world.item("shop::open::Seen");
    world.item("shop::open::Hidden").visibility = Private;
    world.item("shop::inner::Order");
    world.item("shop::inner::deep::Line");
    let inner = world.module("shop::inner");
    world.facts.modules[inner.index()].visibility = Private;
    world
}

const TYPES: &str = "[\"struct\", \"enum\", \"trait\"]";

#[test]
fn what_is_pub_all_the_way_is_exported() {
    let world = library();
    assert_eq!(exported(&world, TYPES), ["shop::open::Seen"]);
    assert_eq!(exported(&world, "\"module\""), ["shop", "shop::open"]);
    let hidden = selected(&world, "{ kind = \"struct\", visibility = \"pub\", exported = false }");
    assert_eq!(hidden, ["shop::inner::Order", "shop::inner::deep::Line"]);
}

#[test]
fn a_pub_use_leads_to_what_is_hidden() {
    let mut world = library();
    world.imports("shop", "Order", "shop::inner::Order");
    assert_eq!(exported(&world, TYPES), ["shop::open::Seen"], "the import is private");
    world.imports("shop", "Order", "shop::inner::Order").visibility = Public;
    assert_eq!(exported(&world, TYPES), ["shop::inner::Order", "shop::open::Seen"]);
    assert_eq!(exported(&world, "\"use\""), ["shop::inner::Order"]);
    let import = world.imports("shop", "deep", "shop::inner::deep");
    import.visibility = Public;
    assert_eq!(exported(&world, "\"module\""), ["shop", "shop::inner::deep", "shop::open"]);
    let line = "shop::inner::deep::Line".to_owned();
    assert!(exported(&world, TYPES).contains(&line));
}

#[test]
fn a_glob_leads_to_contents_and_not_to_what_holds_them() {
    let mut world = library();
    let state = world.id("shop::inner::State");
    world.item("shop::inner::State").kind = ItemKind::Enum;
    let inner = world.module("shop::inner");
    world.add_item(inner, Some(state), "Paid", ItemKind::Variant);
    let glob = world.imports("shop", "*", "shop::inner::State");
    glob.visibility = Public;
    assert_eq!(exported(&world, "\"variant\""), ["shop::inner::State::Paid"]);
    assert_eq!(exported(&world, TYPES), ["shop::open::Seen"]);
    // Globs may go round in circles.
    world.imports("shop::inner", "*", "shop").visibility = Public;
    world.imports("shop", "*", "shop::inner").visibility = Public;
    assert_eq!(
        exported(&world, TYPES),
        ["shop::inner::Order", "shop::inner::State", "shop::inner::deep::Line", "shop::open::Seen"]
    );
    assert_eq!(exported(&world, "\"module\""), ["shop", "shop::inner::deep", "shop::open"]);
}

#[test]
fn imports_in_tests_and_in_functions_lead_nowhere() {
    let mut world = library();
    let import = world.imports("shop", "Order", "shop::inner::Order");
    (import.visibility, import.test) = (Public, true);
    let function = world.id("shop::open::f()");
    let import = world.imports("shop::open", "Order", "shop::inner::Order");
    (import.visibility, import.item) = (Public, Some(function));
    let local = world.add_item(
        world.facts.items[function.index()].module,
        Some(function),
        "Local",
        ItemKind::Struct,
    );
    world.facts.items[local.index()].visibility = Public;
    assert_eq!(exported(&world, TYPES), ["shop::open::Seen"]);
}

#[test]
fn members_are_exported_with_what_they_belong_to() {
    let mut world = library();
    world.item("shop::open::Port").kind = ItemKind::Trait;
    world.required("shop::open::Port", "load");
    world.item("shop::inner::Secret").kind = ItemKind::Trait;
    world.required("shop::inner::Secret", "hide");
    let own = world.method("shop::open::Seen", "own");
    world.facts.items[own.index()].visibility = Private;
    world.method("shop::open::Seen", "shown");
    world.method("shop::inner::Order", "unseen");
    for (of_trait, name) in [("shop::open::Port", "load"), ("shop::inner::Secret", "hide")] {
        world.implements(of_trait, "shop::open::Seen");
        let block = world.facts.impls.last().expect("just added").item;
        let module = world.module("shop::open");
        let method = world.add_item(module, Some(block), name, ItemKind::Method);
        world.facts.items[method.index()].visibility = Private;
    }
    let fields: &[(&str, _, &[&str])] = &[("id", Public, &[]), ("total", Private, &[])];
    world.fields("shop::open::Seen", fields);
    world.fields("shop::inner::Order", fields);
    assert_eq!(
        exported(&world, "\"method\""),
        ["shop::open::Port::load", "shop::open::Seen::load", "shop::open::Seen::shown"]
    );
    assert_eq!(exported(&world, "\"field\""), ["id"]);
}

#[test]
fn only_libraries_export() {
    let mut world = World::new(&["shop"]);
    world.target(PackageId::new(0), CrateKind::Bin, "server");
    world.item("server::Settings");
    assert_eq!(exported(&world, TYPES), [""; 0]);
}

/// What can be named outside of the subtree `area`.
fn visible(world: &World, area: &str) -> Vec<String> {
    selected(world, &format!("{{ kind = {TYPES}, visible-outside = \"{area}\" }}"))
}

/// A binary: nothing of it is exported, and its modules see each other all the same.
fn program() -> World {
    let mut world = World::new(&["server"]);
    world.facts.crates[0].kind = CrateKind::Bin;
    for path in ["server::db::Pool", "server::db::rows::Row", "server::web::Page"] {
        world.item(path);
    }
    for path in ["server::db", "server::db::rows", "server::web"] {
        let module = world.module(path);
        world.facts.modules[module.index()].visibility = Private;
    }
    world
}

#[test]
fn what_is_pub_in_a_private_module_is_visible_around_it() {
    let world = program();
    assert_eq!(exported(&world, TYPES), [""; 0]);
    assert_eq!(visible(&world, "server::db"), ["server::db::Pool", "server::web::Page"]);
    assert_eq!(
        visible(&world, "server::web"),
        ["server::db::Pool", "server::db::rows::Row", "server::web::Page"]
    );
    assert_eq!(visible(&world, "server"), [""; 0]);
}

#[test]
fn the_narrowest_visibility_on_the_way_counts() {
    let mut world = program();
    let (db, rows) = (world.module("server::db"), world.module("server::db::rows"));
    world.facts.modules[rows.index()].visibility = Public;
    for (visibility, is_visible) in [
        (Public, true),
        (Crate, true),
        (Restricted(db), false),
        (Restricted(rows), false),
        (Private, false),
    ] {
        world.item("server::db::rows::Row").visibility = visibility;
        let row = "server::db::rows::Row".to_owned();
        assert_eq!(visible(&world, "server::db").contains(&row), is_visible, "{visibility:?}");
    }
}

#[test]
fn an_import_lets_be_seen_as_far_as_it_is_itself() {
    for (visibility, is_visible) in [(Private, false), (Crate, true), (Public, true)] {
        let mut world = program();
        world.imports("server::db", "Row", "server::db::rows::Row").visibility = visibility;
        let row = "server::db::rows::Row".to_owned();
        assert_eq!(visible(&world, "server::db").contains(&row), is_visible, "{visibility:?}");
    }
    let mut world = program();
    let db = world.module("server::db");
    world.imports("server::db", "*", "server::db::rows").visibility = Restricted(db);
    assert_eq!(visible(&world, "server::db"), ["server::db::Pool", "server::web::Page"]);
    assert_eq!(visible(&world, "server::db::rows").len(), 3);
}

#[test]
fn what_is_private_is_seen_by_another_layer_within() {
    let mut world = program();
    world.item("server::db::Pool").visibility = Private;
    assert_eq!(visible(&world, "server::db"), ["server::web::Page"]);
    let policy = |inner: &str| {
        format!(
            "[layers]\nstorage = \"server::db\"\n{inner}\n[rules.r]\nitems = {{ name = \"Pool\", visible-outside = \"@storage\" }}\nmust = {{ name = \"none\" }}\n"
        )
    };
    let broken = ["r: the struct `server::db::Pool` (storage) must be named `none`"];
    assert_eq!(world.messages(&policy("models = \"server::db::rows\"")), broken);
    let idle = world.messages(&policy("models = \"server::web\""));
    assert_ne!(idle, broken, "nothing else is within");
}

#[test]
fn what_may_be_seen_is_told() {
    let world = program();
    let policy = "[rules.r]\nitems = { kind = \"struct\", in = \"server::db\" }\nmust-not = { visible-outside = \"server::db\" }\n";
    assert_eq!(
        world.messages(policy),
        ["r: the struct `server::db::Pool` must not be visible outside `server::db`"]
    );
}
