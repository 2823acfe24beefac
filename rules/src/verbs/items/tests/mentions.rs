//! What signatures mention and what bodies do.

use super::selected;
use crate::facts::Visibility::{Crate, Private, Public};
use crate::facts::{ChainId, HandedOn, Hop, HopKind, ItemKind, Span, Visibility};
use crate::testing::World;

/// The names of what is selected.
fn names(world: &World, selector: &str) -> Vec<String> {
    let selected = selected(world, selector);
    selected.iter().map(|path| path.rsplit("::").next().unwrap_or_default().to_owned()).collect()
}

fn signatures() -> World {
    let mut world = World::new(&["shop"]);
    let pool = &["sqlx::Pool"][..];
    world.fields("shop::a::Open", &[("id", Private, &["u64"]), ("pool", Public, pool)]);
    world.fields("shop::a::Closed", &[("pool", Private, pool), ("id", Public, &["u64"])]);
    world.fields("shop::a::Inner", &[("pool", Crate, pool)]);
    world.item("shop::a::Inner").visibility = Visibility::Crate;
    let bound = world.id("shop::a::Bound");
    world.mentioning(bound, pool);
    let port = world.id("shop::a::Port");
    world.item("shop::a::Port").kind = ItemKind::Trait;
    world.mentioning(port, &[]);
    let load = world.required("shop::a::Port", "load");
    world.takes(load, &[("id", &["u64"])], Some(pool));
    let hidden = world.method("shop::a::Closed", "hidden");
    world.takes(hidden, &[("pool", pool)], None);
    world.facts.items[hidden.index()].visibility = Private;
    let error = world.id("shop::a::Error");
    world.item("shop::a::Error").kind = ItemKind::Enum;
    world.mentioning(error, &[]);
    let module = world.module("shop::a");
    let variant = world.add_item(module, Some(error), "Database", ItemKind::Variant);
    world.mentioning(variant, &["sqlx::Error"]);
    world
}

#[test]
fn signatures_mention_what_is_in_them() {
    let world = signatures();
    let mentioning = |kind: &str, key: &str| {
        names(&world, &format!("{{ kind = \"{kind}\", {key} = \"sqlx\" }}"))
    };
    let all = "signature-mentions";
    assert_eq!(mentioning("struct", all), ["Bound", "Closed", "Inner", "Open"]);
    assert_eq!(mentioning("trait", all), ["Port"]);
    assert_eq!(mentioning("enum", all), ["Error"]);
    assert_eq!(mentioning("variant", all), ["Database"]);
    assert_eq!(mentioning("method", all), ["hidden", "load"]);
    assert_eq!(mentioning("impl", all), ["Closed"]);
    assert_eq!(mentioning("struct", "exposes"), ["Bound", "Inner", "Open"]);
    assert_eq!(mentioning("trait", "exposes"), ["Port"]);
    assert_eq!(mentioning("enum", "exposes"), ["Error"]);
    assert_eq!(mentioning("impl", "exposes"), [""; 0]);
    assert_eq!(names(&world, "{ signature-mentions = \"sqlx::Error\" }"), ["Error", "Database"]);
    assert_eq!(names(&world, "{ kind = \"method\", signature-mentions = \"Pool\" }").len(), 2);
}

#[test]
fn what_is_mentioned_can_be_all_that_is() {
    let world = signatures();
    let only = |kind: &str, types: &str| {
        names(&world, &format!("{{ kind = \"{kind}\", signature-mentions-only = {types} }}"))
    };
    assert_eq!(only("struct", "\"sqlx\""), ["Bound", "Inner"]);
    assert_eq!(only("struct", "[\"sqlx\", \"u64\"]"), ["Bound", "Closed", "Inner", "Open"]);
    assert_eq!(only("struct", "\"u64\""), [""; 0]);
    assert_eq!(only("enum", "\"sqlx::Pool\""), [""; 0], "a variant mentions another");
    assert_eq!(only("enum", "\"sqlx::Error\""), ["Error"]);
    assert_eq!(only("trait", "\"sqlx\""), [""; 0], "a method takes an u64");
    let policy = "[rules.r]\nitems = { kind = \"struct\", name = \"Open\" }\nmust = { signature-mentions-only = [\"u64\", \"Uuid\"] }\n";
    let report = world.check(policy);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "the struct `shop::a::Open` must mention only `u64` or `Uuid` in its declaration"
    );
    let shown: Vec<&str> = finding.secondary.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(shown, ["mentions `sqlx::Pool`"]);
}

#[test]
fn what_mentions_nothing_mentions_nothing_else() {
    let mut world = World::new(&["shop"]);
    world.id("shop::Unit");
    assert_eq!(names(&world, "{ signature-mentions-only = \"u64\" }"), ["Unit"]);
}

#[test]
fn what_is_returned_is_told_apart_from_what_is_taken() {
    let world = signatures();
    let returning =
        |types: &str| names(&world, &format!("{{ kind = \"method\", returns = {types} }}"));
    assert_eq!(returning("\"sqlx::Pool\""), ["load"]);
    assert_eq!(returning("\"u64\""), [""; 0]);
    assert_eq!(returning("\"none\""), ["hidden"]);
    assert_eq!(returning("[\"none\", \"sqlx\"]"), ["hidden", "load"]);
    let policy = "[rules.r]\nitems = { kind = \"method\" }\nmust = { returns = [\"none\", \"std::result::Result\"] }\n";
    assert_eq!(
        world.messages(policy),
        ["r: the method `shop::a::Port::load` must return nothing or `std::result::Result`"]
    );
}

#[test]
fn what_must_not_be_mentioned_is_shown_where_it_is() {
    let world = signatures();
    let policy =
        "[rules.r]\nitems = { kind = \"trait\" }\nmust-not = { signature-mentions = \"sqlx\" }\n";
    let report = world.check(policy);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "the trait `shop::a::Port` must not mention `sqlx` in its declaration"
    );
    let secondary = &finding.secondary[0];
    assert_eq!(
        (secondary.text.as_str(), secondary.location.span.start),
        ("mentions `sqlx::Pool`", 7)
    );
}

#[test]
fn types_can_be_told_by_what_they_are_like() {
    let mut world = signatures();
    let found = world.required("shop::a::Port", "find");
    world.takes(found, &[("key", &["shop::a::Bound"])], Some(&["shop::a::Open"]));
    let returning =
        |types: &str| names(&world, &format!("{{ kind = \"method\", returns = {types} }}"));
    let with_id = "{ fields = { some = { name = \"id\" } } }";
    assert_eq!(returning(with_id), ["find"]);
    assert_eq!(returning("{ kind = \"enum\" }"), [""; 0]);
    let select = |key: &str| {
        names(&world, &format!("{{ kind = \"trait\", {key} = {{ name = \"Bound\" }} }}"))
    };
    assert_eq!(select("signature-mentions"), ["Port"]);
    assert_eq!(select("exposes"), ["Port"]);
    let policy = format!(
        "[rules.r]\nitems = {{ kind = \"trait\" }}\nmust-not = {{ methods = {{ some = {{ returns = {with_id} }} }} }}\n"
    );
    assert_eq!(
        world.messages(&policy),
        [
            "r: the trait `shop::a::Port` must not have a method that returns what has a field that is named `id`"
        ]
    );
    let mistaken = "[rules.r]\nitems = { returns = { kind = \"fn\" } }\nmust = { name = \"a\" }\n";
    let problems = world.policy(mistaken).expect_err("a mistake");
    assert_eq!(problems[0].message, "a struct, an enum, a union, a trait or a type is never a fn");
}

fn bodies() -> World {
    let mut world = World::new(&["shop"]);
    world.uses("shop::a", "std::net::TcpStream");
    let mut function = |name: &str, far: &[&str], near: &[&str], methods: &[&str]| {
        let item = world.id(&format!("shop::a::{name}"));
        world.body(item, far, near, methods);
    };
    function("read()", &["std::fs::read"], &[], &["unwrap"]);
    function("save()", &["shop::b::store()"], &[], &["begin", "commit"]);
    function("both()", &[], &["shop::a::read()"], &[]);
    let method = world.method("shop::a::Handler", "handle");
    world.body(method, &["sqlx::query"], &[], &["commit"]);
    world
}

#[test]
fn what_is_handed_on_is_not_run() {
    let mut world = bodies();
    let read = world
        .facts
        .dependencies
        .iter()
        .find(|edge| world.facts.target_path(edge.to) == "std::fs::read");
    let (file, span) = read.map(|edge| (edge.file, edge.span)).expect("it is used");
    let running = |world: &World, what: &str| {
        names(world, &format!("{{ kind = \"fn\", body-runs = \"{what}\" }}"))
    };
    assert_eq!(running(&world, "std::fs"), ["read"]);
    let span = Span { start: span.start - 2, end: span.end + 2 };
    world.facts.handed_on.push(HandedOn { file, span });
    assert_eq!(running(&world, "std::fs"), [""; 0]);
    assert_eq!(running(&world, "shop::b"), ["save"]);
    assert_eq!(names(&world, "{ kind = \"fn\", body-uses = \"std::fs\" }"), ["read"]);
    let policy = "[rules.r]\nitems = { name = \"save\" }\nmust-not = { body-runs = \"shop::b\" }\n";
    assert_eq!(
        world.messages(policy),
        ["r: the fn `shop::a::save` must not run `shop::b` in its body"]
    );
}

#[test]
fn bodies_use_things_near_and_far() {
    let world = bodies();
    let using = |kind: &str, what: &str| {
        names(&world, &format!("{{ kind = \"{kind}\", body-uses = \"{what}\" }}"))
    };
    assert_eq!(using("fn", "std::fs"), ["read"]);
    assert_eq!(using("fn", "shop::b"), ["save"]);
    assert_eq!(using("fn", "shop::a::read"), ["both"]);
    assert_eq!(using("fn", "store"), ["save"]);
    assert_eq!(using("method", "sqlx"), ["handle"]);
    assert_eq!(using("impl", "sqlx"), ["Handler"]);
    assert_eq!(using("struct", "sqlx"), ["Handler"]);
    assert_eq!(using("module", "sqlx"), ["shop", "a"]);
    assert_eq!(using("module", "std::net"), [""; 0], "an import is no part of a body");
}

#[test]
fn bodies_go_through_re_exports() {
    let mut world = bodies();
    let hop = Hop {
        module: world.module("shop::prelude"),
        name: world.facts.names.intern("store"),
        to: world.thing("shop::b::store()"),
        how: HopKind::Reexport,
        file: crate::facts::FileId::FIRST,
        span: Span::default(),
    };
    world.facts.chains.push(vec![hop]);
    let through = world.facts.dependencies.iter_mut();
    through.for_each(|edge| edge.chain = ChainId::new(1));
    assert_eq!(names(&world, "{ kind = \"fn\", body-uses = \"shop::prelude\" }"), ["read", "save"]);
}

#[test]
fn methods_are_called_by_name() {
    let world = bodies();
    let calling = |kind: &str, name: &str| {
        names(&world, &format!("{{ kind = \"{kind}\", body-calls-method = {name} }}"))
    };
    assert_eq!(calling("fn", "\"commit\""), ["save"]);
    assert_eq!(calling("fn", "[\"un*\", \"begin\"]"), ["read", "save"]);
    assert_eq!(calling("method", "\"commit\""), ["handle"]);
    assert_eq!(calling("struct", "\"commit\""), ["Handler"]);
    assert_eq!(calling("fn", "\"rollback\""), [""; 0]);
    let policy =
        "[rules.r]\nitems = { kind = \"fn\" }\nmust-not = { body-calls-method = \"commit\" }\n";
    let report = world.check(policy);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.message, "the fn `shop::a::save` must not call the method `commit`");
    assert_eq!(finding.secondary[0].text, "is called here");
}

#[test]
fn a_file_of_several_modules_is_read_for_each() {
    let mut world = bodies();
    let other = world.module("shop::mounted_twice");
    for edge in &mut world.facts.dependencies {
        edge.from = other;
    }
    for call in &mut world.facts.method_calls {
        call.module = other;
    }
    assert_eq!(names(&world, "{ kind = \"fn\", body-uses = \"std::fs\" }"), [""; 0]);
    assert_eq!(names(&world, "{ kind = \"fn\", body-calls-method = \"commit\" }"), [""; 0]);
}

#[test]
fn evidence_is_of_what_holds() {
    let world = bodies();
    let policy = "[rules.r]\nitems = { kind = \"struct\" }\nmust-not = { any = [{ methods = { some = { body-uses = \"sqlx\" } } }, { body-calls-method = \"begin\" }] }\n";
    let report = world.check(policy);
    let labels: Vec<&str> =
        report.findings[0].secondary.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(labels, ["uses `sqlx::query`"]);
}
