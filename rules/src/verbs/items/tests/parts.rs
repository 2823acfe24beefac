//! Fields, parameters, methods, contents of modules, neighbours in a file, impls.

use super::selected;
use crate::facts::Visibility::{Crate, Private, Public};
use crate::facts::{ItemKind, Receiver};
use crate::testing::World;

fn world() -> World {
    let mut world = World::new(&["shop"]);
    world.fields("shop::domain::Money", &[("amount", Private, &["u64"])]);
    world.fields(
        "shop::domain::Order",
        &[("total", Public, &["shop::domain::Money"]), ("id", Crate, &["u64"])],
    );
    world.fields("shop::domain::Unit", &[]);
    let place = world.method("shop::domain::Order", "place");
    world.facts.items[place.index()].form.receiver = Receiver::Mut;
    world.takes(place, &[("at", &["u64"]), ("by", &["sqlx::Pool"])], None);
    let new = world.method("shop::domain::Money", "new");
    world.takes(new, &[], Some(&["std::result::Result", "Self"]));
    world.item("shop::ports::OrderPort").kind = ItemKind::Trait;
    world.required("shop::ports::OrderPort", "load");
    world
}

/// The structs that a selector selects.
fn structs(world: &World, selector: &str) -> Vec<String> {
    let selected = selected(world, &format!("{{ kind = \"struct\", {selector} }}"));
    selected.iter().map(|path| path.rsplit("::").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn fields_are_counted_and_asked() {
    let world = world();
    for (fields, expected) in [
        ("0", &["Unit"][..]),
        ("{ min = 1 }", &["Money", "Order"]),
        ("{ min = 1, max = 1 }", &["Money"]),
        ("{ every = { visibility = \"private\" } }", &["Money", "Unit"]),
        ("{ some = { visibility = \"pub\" } }", &["Order"]),
        ("{ none = { visibility = \"pub\" } }", &["Money", "Unit"]),
        ("{ some = { signature-mentions = \"shop::domain::Money\" } }", &["Order"]),
        ("{ some = { signature-mentions = \"u64\" } }", &["Money", "Order"]),
        ("{ which = { visibility = [\"pub\", \"pub(crate)\"] }, max = 1 }", &["Money", "Unit"]),
        ("{ which = { name = \"id\" }, every = { visibility = \"private\" } }", &["Money", "Unit"]),
        ("{ min = 2, some = { name = \"id\" } }", &["Order"]),
    ] {
        assert_eq!(structs(&world, &format!("fields = {fields}")), expected, "{fields}");
    }
}

#[test]
fn fields_are_subjects_where_they_are_named() {
    let mut world = world();
    assert_eq!(selected(&world, "{ kind = \"field\" }"), ["amount", "id", "total"]);
    assert_eq!(
        selected(&world, "{ kind = \"field\", in = \"shop::domain::Order\" }"),
        ["id", "total"]
    );
    assert_eq!(
        selected(&world, "{ kind = \"field\", path = \"shop::domain::Order::id\" }"),
        ["id"]
    );
    assert_eq!(selected(&world, "{ kind = \"field\", path = \"shop::domain::Order\" }"), [""; 0]);
    assert_eq!(selected(&world, "{ any = [{ kind = \"field\", name = \"id\" }] }"), ["id"]);
    assert_eq!(selected(&world, "{ name = \"id\" }"), [""; 0]);
    let policy = "[layers]\ncore = \"shop::domain\"\n[rules.closed]\nitems = { kind = \"field\", in = \"@core\" }\nmust = { visibility = \"private\" }\n";
    assert_eq!(
        world.messages(policy),
        [
            "closed: the field `total` of `shop::domain::Order` (core) must be `private`",
            "closed: the field `id` of `shop::domain::Order` (core) must be `private`",
        ]
    );
    let fingerprints = world.check(policy).findings;
    assert_ne!(fingerprints[0].fingerprint, fingerprints[1].fingerprint);
    world.item("shop::domain::Order").test = true;
    assert_eq!(world.messages(policy).len(), 0);
}

#[test]
fn parameters_are_counted_and_asked() {
    let world = world();
    let methods = |parameters: &str| {
        selected(&world, &format!("{{ kind = \"method\", parameters = {parameters} }}"))
    };
    let (load, new, place) =
        ("shop::ports::OrderPort::load", "shop::domain::Money::new", "shop::domain::Order::place");
    assert_eq!(methods("0"), [new, load]);
    assert_eq!(methods("{ min = 1 }"), [place]);
    assert_eq!(methods("{ some = { name = \"b?\" } }"), [place]);
    assert_eq!(methods("{ some = { signature-mentions = \"sqlx\" } }"), [place]);
    assert_eq!(methods("{ every = { signature-mentions = \"sqlx\" } }"), [new, load]);
    assert_eq!(
        methods("{ none = { all = [{ name = \"at\" }, { signature-mentions = \"sqlx\" }] } }")
            .len(),
        3
    );
}

#[test]
fn methods_of_a_type_are_those_of_its_impls() {
    let mut world = world();
    assert_eq!(structs(&world, "methods = 0"), ["Unit"]);
    assert_eq!(structs(&world, "methods = { some = { self = \"mut\" } }"), ["Order"]);
    assert_eq!(structs(&world, "methods = { none = { self = \"mut\" } }"), ["Money", "Unit"]);
    assert_eq!(
        structs(&world, "methods = { some = { returns = \"Result\", self = \"none\" } }"),
        ["Money"]
    );
    assert_eq!(selected(&world, "{ kind = \"trait\", methods = 1 }"), ["shop::ports::OrderPort"]);
    assert_eq!(selected(&world, "{ kind = \"impl\", methods = 1 }").len(), 2);
    // Test code is no part of what a rule for other code counts.
    let method = world.method("shop::domain::Unit", "for_tests");
    assert_eq!(structs(&world, "methods = 0"), [""; 0]);
    world.facts.items[method.index()].test = true;
    assert_eq!(structs(&world, "methods = 0"), ["Unit"]);
}

#[test]
fn a_module_holds_items_modules_and_imports() {
    let mut world = world();
    world.imports("shop", "Money", "shop::domain::Money");
    let holding = |world: &World, what: &str| {
        selected(world, &format!("{{ kind = \"module\", holds = {what} }}"))
    };
    assert_eq!(
        holding(&world, "{ every = { kind = [\"module\", \"use\"] } }"),
        ["shop"],
        "a module that holds something else is not only modules and imports"
    );
    assert_eq!(holding(&world, "{ some = { kind = \"use\" } }"), ["shop"]);
    assert_eq!(holding(&world, "{ which = { kind = \"module\" }, min = 2 }"), ["shop"]);
    assert_eq!(holding(&world, "{ some = { kind = \"trait\" } }"), ["shop::ports"]);
    let within = "{ kind = \"trait\", holds = { some = { name = \"load\" } } }";
    assert_eq!(selected(&world, within), ["shop::ports::OrderPort"]);
    world.facts.imports[0].test = true;
    assert_eq!(holding(&world, "{ some = { kind = \"use\" } }"), [""; 0]);
}

#[test]
fn imports_are_subjects_where_they_are_named() {
    let mut world = world();
    world.imports("shop::ports", "M", "shop::domain::Money");
    world.imports("shop::ports", "Pool", "sqlx::Pool").visibility = Public;
    let written = |selector: &str| selected(&world, selector);
    assert_eq!(written("{ kind = \"use\" }"), ["shop::domain::Money", "sqlx::Pool"]);
    assert_eq!(written("{ kind = \"use\", name = \"M\" }"), ["shop::domain::Money"]);
    assert_eq!(written("{ kind = \"use\", visibility = \"pub\" }"), ["sqlx::Pool"]);
    assert_eq!(written("{ kind = \"use\", signature-mentions = \"sqlx\" }"), ["sqlx::Pool"]);
    assert_eq!(written("{ kind = \"use\", in = \"shop::domain\" }"), [""; 0]);
    let policy = "[rules.r]\nitems = { kind = \"use\", visibility = \"pub\" }\nmust-not = { signature-mentions = \"sqlx\" }\n";
    assert_eq!(
        world.messages(policy),
        ["r: the use `sqlx::Pool` in `shop::ports` must not mention `sqlx` in its declaration"]
    );
}

#[test]
fn neighbours_in_a_file_are_counted() {
    let world = world();
    let crowded = "{ kind = \"struct\", same-file = { which = { kind = \"struct\" }, min = 2 } }";
    assert_eq!(selected(&world, crowded).len(), 3);
    let policy = "[rules.one]\nitems = { kind = \"struct\", name = \"Order\" }\nmust = { same-file = { which = { kind = \"struct\" }, max = 1 } }\n";
    assert_eq!(
        world.messages(policy),
        [
            "one: the struct `shop::domain::Order` must be in a file with at most 1 item that is a struct"
        ]
    );
    assert_eq!(
        selected(&world, "{ kind = \"trait\", same-file = { some = { kind = \"struct\" } } }"),
        [""; 0]
    );
}

#[test]
fn impls_of_a_trait_are_counted() {
    let mut world = world();
    world.implements("shop::ports::OrderPort", "shop::adapters::Pg");
    world.implements("shop::ports::OrderPort", "shop::adapters::InMemory");
    world.item("shop::ports::Lonely").kind = ItemKind::Trait;
    let traits = |world: &World, implemented: &str| {
        selected(world, &format!("{{ kind = \"trait\", implemented = {implemented} }}"))
    };
    let port = ["shop::ports::OrderPort"];
    assert_eq!(traits(&world, "{ in = \"shop::adapters\" }"), port);
    assert_eq!(traits(&world, "{ in = \"shop::domain\" }"), [""; 0]);
    assert_eq!(traits(&world, "{ min = 2 }"), port);
    assert_eq!(traits(&world, "{ max = 0 }"), ["shop::ports::Lonely"]);
    assert_eq!(traits(&world, "{ by = { name = \"Pg\" }, min = 1, max = 1 }"), port);
    assert_eq!(traits(&world, "{ by = { name = \"Redis\" } }"), [""; 0]);
    let policy = "[rules.r]\nitems = { kind = \"trait\" }\nmust = { implemented = { in = \"shop::adapters\" } }\n";
    assert_eq!(
        world.messages(policy),
        ["r: the trait `shop::ports::Lonely` must have at least 1 impl in `shop::adapters`"]
    );
    for block in 0..world.facts.impls.len() {
        let item = world.facts.impls[block].item;
        world.facts.items[item.index()].test = true;
    }
    assert_eq!(world.messages(policy).len(), 2, "impls in tests do not count");
}

#[test]
fn the_parts_that_break_a_rule_are_shown() {
    let world = world();
    let shown = |must: &str| -> Vec<(String, u32)> {
        let policy = format!(
            "[rules.r]\nitems = {{ kind = \"struct\", name = \"Order\" }}\nmust = {{ {must} }}\n"
        );
        let labels = world.check(&policy).findings.remove(0).secondary;
        labels.into_iter().map(|label| (label.text, label.location.span.start)).collect()
    };
    let (total, id) = (5010, 5020);
    let this = |what: &str, start: u32| (format!("this {what}"), start);
    assert_eq!(
        shown("fields = { every = { visibility = \"private\" } }"),
        [this("field", total), this("field", id)]
    );
    assert_eq!(shown("fields = { none = { name = \"id\" } }"), [this("field", id)]);
    assert_eq!(shown("fields = { which = { name = \"id\" }, max = 0 }"), [this("field", id)]);
    assert_eq!(shown("fields = { min = 3 }"), []);
    assert_eq!(
        shown("fields = { none = { signature-mentions = \"shop::domain::Money\" } }"),
        [("mentions `shop::domain::Money`".to_owned(), 7)]
    );
    assert_eq!(shown("not = { fields = { some = { name = \"id\" } } }"), [this("field", id)]);
    assert_eq!(
        shown("all = [{ fields = { none = { name = \"id\" } } }, { name = \"Order\" }]"),
        [this("field", id)]
    );
    let file = "same-file = { which = { kind = \"struct\" }, max = 1 }";
    assert_eq!(shown(file).len(), 2, "the struct itself is told of anyway");
}
