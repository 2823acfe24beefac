use super::*;
use crate::context::Layering;
use crate::testing::World;
use crate::tree::PathTree;

mod captures;
mod in_rust;

fn shop() -> World {
    let mut world = World::new(&["shop", "shop-domain"]);
    for module in ["shop::app::ports", "shop::app::orders::ports", "shop::infra", "shop::ui"] {
        world.thing(module);
    }
    world
}

/// The messages of what is wrong with a policy, each with the text of its places.
fn problems(world: &World, toml: &str) -> Vec<String> {
    let found = match world.policy(toml) {
        Err(problems) => problems,
        Ok(policy) => Layering::new(&PathTree::new(&world.facts), &policy)
            .expect_err("a policy that makes no sense"),
    };
    found
        .iter()
        .map(|problem| {
            let places = problem.labels.iter().map(|label| &toml[label.location.span.range()]);
            let places: Vec<&str> = places.collect();
            format!("{} [{}]", problem.message, places.join(" | "))
        })
        .collect()
}

/// The layer of the module or item at `path`.
fn layer(world: &mut World, toml: &str, path: &str) -> Option<String> {
    let target = world.thing(path);
    let policy = world.policy(toml).expect("a policy");
    let tree = PathTree::new(&world.facts);
    let layering = Layering::new(&tree, &policy).expect("layers");
    layering.layer(tree.target(target)).map(|id| policy.layer(id).name.clone())
}

#[test]
fn the_most_specific_member_decides() {
    let mut world = shop();
    let policy = "[layers]\nall = \"shop\"\napp = \"shop::app\"\nports = \"@app::**::ports\"\nerror = \"shop::app::Error\"\n";
    for (path, expected) in [
        ("shop", "all"),
        ("shop::infra", "all"),
        ("shop::app", "app"),
        ("shop::app::orders", "app"),
        ("shop::app::orders::ports::Port", "ports"),
        ("shop::app::ports", "ports"),
        ("shop::app::Error::kind()", "error"),
    ] {
        assert_eq!(layer(&mut world, policy, path).as_deref(), Some(expected), "{path}");
    }
    assert_eq!(layer(&mut world, policy, "shop_domain"), None);
}

#[test]
fn a_layer_with_a_rest_is_the_part_of_it_in_those_subtrees() {
    let mut world = shop();
    world.uses("shop::app::orders::ports", "shop::infra::Pool");
    world.uses("shop::app::orders", "shop::infra::Pool");
    let policy = "[layers]\napp = \"shop::app\"\n[rules.r]\nforbid = { from = \"@app::**::ports\", to = \"shop::infra\" }\n";
    assert_eq!(
        world.messages(policy),
        ["r: `shop::app::orders::ports` (app) must not use `shop::infra`"]
    );
}

#[test]
fn a_tie_shows_both_members() {
    let world = shop();
    assert_eq!(
        problems(&world, "[layers]\na = [\"shop::infra\", \"shop::ui\"]\nb = \"shop::ui\"\n"),
        ["`shop::ui` would be in two layers, `a` and `b` [\"shop::ui\" | \"shop::ui\"]"]
    );
    assert_eq!(
        problems(&world, "[layers]\na = \"shop::i*\"\nb = \"shop::*a\"\n"),
        ["`shop::infra` would be in two layers, `a` and `b` [\"shop::i*\" | \"shop::*a\"]"]
    );
}

#[test]
fn a_package_can_name_its_layer() {
    let mut world = shop();
    world.facts.packages[1].layer = Some("domain".to_owned());
    assert_eq!(layer(&mut world, "", "shop_domain::Order").as_deref(), Some("domain"));
    let both = "[layers]\ndomain = \"shop::app\"\n";
    assert_eq!(layer(&mut world, both, "shop_domain").as_deref(), Some("domain"));
    assert_eq!(layer(&mut world, both, "shop::app").as_deref(), Some("domain"));
    let found = world.policy("[layers]\ndomian = \"shop\"\n").expect_err("no such layer");
    assert_eq!(
        found[0].message,
        "shop-domain/Cargo.toml puts the package `shop-domain` into the layer `domain`, which is not defined"
    );
    assert_eq!(found[0].help.as_deref(), Some("did you mean `domian`?"));
}

#[test]
fn a_set_stands_for_what_is_in_it() {
    let mut world = shop();
    world.uses("shop::app", "axum::Router");
    world.uses("shop::app", "std::fs::read");
    let policy = "[sets]\nweb = \"axum\"\nbad = [\"@web\", \"@std-io\"]\nstd-io = \"std::{fs,io}\"\n[rules.r]\nforbid = { from = \"shop::app\", to = \"@bad\" }\n";
    assert_eq!(
        world.messages(policy),
        ["r: `shop::app` must not use `axum` (bad)", "r: `shop::app` must not use `std::fs` (bad)"]
    );
    let joined = "[sets]\nweb = [\"axum\"]\n[rules.r]\nforbid = { from = \"shop::app\", to = \"@web::Router\" }\n";
    assert_eq!(world.messages(joined), ["r: `shop::app` must not use `axum::Router` (web)"]);
}

#[test]
fn what_makes_no_sense_is_a_problem_at_its_place() {
    let world = shop();
    let forbid = "forbid = { from = \"shop\", to = \"std\" }\n";
    let cases = [
        ("[layers]\na = \"@b\"\n".to_owned(), "no layer and no set is called `b` [\"@b\"]"),
        ("[layers]\na = []\n".to_owned(), "the layer `a` has no members [[]]"),
        ("[layers]\na = {}\n".to_owned(), "the layer `a` has no members [a]"),
        ("[layers]\na = \"@a::x\"\n".to_owned(), "`a` is defined by itself [\"@a::x\"]"),
        ("[layers]\na = { members = \"shop\", may-use = \"b\" }\n".to_owned(), "no layer is called `b` [\"b\"]"),
        ("[layers]\na = \"shop\"\n[sets]\na = \"std\"\n".to_owned(), "`a` is a layer and a set, so `@a` could mean either [a | \"std\"]"),
        ("[layers]\n\"a b\" = \"shop\"\n".to_owned(), "`a b` cannot be the name of a layer [\"a b\"]"),
        (format!("[rules.r]\n{forbid}only = {{ from = \"shop\", to = \"std\" }}\n"), "the rule `r` holds 2 verbs [{ from = \"shop\", to = \"std\" } | { from = \"shop\", to = \"std\" }]"),
        ("[rules]\nr = \"warn\"\n".to_owned(), "the rule `r` holds no verb, and there is no other of this id [r]"),
        ("[rules.r]\nmust = { kind = \"fn\" }\n".to_owned(), "the rule `r` says what must be, and not of which `items` [r]"),
        ("[rules.r]\nitems = { kind = \"fn\" }\n".to_owned(), "the rule `r` selects items and demands nothing of them [{ kind = \"fn\" }]"),
        ("[rules.r]\nitems = {}\nmust = { kind = \"fn\" }\n".to_owned(), "an empty table says nothing of an item [{}]"),
        ("[rules.r]\nitems = { kind = \"fun\" }\nmust = { name = \"a\" }\n".to_owned(), "`fun` is not one of the kinds of items [\"fun\"]"),
        ("[rules.r]\nitems = { visibility = \"public\" }\nmust = { name = \"a\" }\n".to_owned(), "`public` is not one of the visibilities [\"public\"]"),
        ("[rules.r]\nitems = { name = \"**\" }\nmust = { name = \"a\" }\n".to_owned(), "`**` is not a pattern for a name: write `*` for any characters [\"**\"]"),
        ("[rules.r]\ncovered = { min = 101 }\n".to_owned(), "`min` is a percentage from 0 to 100, not 101 [101]"),
        ("[rules.r]\nforbid = { from = [], to = \"std\" }\n".to_owned(), "an empty list stands for nothing [[]]"),
        ("[rules.r]\nforbid = { from = \"shop\", to = \"std\", kinds = [] }\n".to_owned(), "an empty list of kinds forbids nothing [{ from = \"shop\", to = \"std\", kinds = [] }]"),
        (format!("[rules.r]\n{forbid}except = [{{ reason = \"r\" }}]\n"), "an exception without `from` and `to` covers everything [{ reason = \"r\" }]"),
        (format!("[rules.r]\n{forbid}except = [{{ from = \"shop\", reason = \" \" }}]\n"), "an exception needs a reason [\" \"]"),
        (format!("[rules.r]\n{forbid}except = [{{ from = \"shop\", reason = \"r\", until = \"soon\" }}]\n"), "`soon` is not a date [\"soon\"]"),
        (format!("[rules.r]\n{forbid}examples = [{{}}]\n"), "an example has `bad`, `good` or both [{}]"),
        (format!("[rules.matches-nothing]\n{forbid}"), "`matches-nothing` is a rule of the tool itself [matches-nothing]"),
        (format!("[rules.r]\n{forbid}yields-to = [\"s\"]\n"), "`r` yields to `s`, and no rule is called so [\"s\"]"),
        (format!("[rules.r]\n{forbid}yields-to = [\"s\"]\n[rules.s]\n{forbid}yields-to = [\"r\"]\n"), "the rule `r` yields to itself [\"s\"]"),
        ("extends = [\"clean-architecture\", \"hexagonal\"]\n[layers]\ndomain = \"shop\"\napplication = \"a\"\ninfrastructure = \"b\"\npresentation = \"c\"\ninbound = \"d\"\noutbound = \"e\"\n".to_owned(), "`clean-architecture` and `hexagonal` both define the rule `application-uses-domain-only` [\"clean-architecture\" | \"hexagonal\"]"),
    ];
    for (toml, expected) in cases {
        assert_eq!(problems(&world, &toml)[0], expected, "{toml}");
    }
}

#[test]
fn a_pattern_that_is_none_is_mended_where_it_can_be() {
    for (pattern, help) in [
        ("shop:app", Some("did you mean `shop::app`?")),
        ("shop/app", Some("did you mean `shop::app`?")),
        ("shop::", Some("did you mean `shop`?")),
        ("shop::{a", None),
    ] {
        let toml = format!("[sets]\nparts = \"{pattern}\"\n");
        let found = shop().policy(&toml).expect_err(pattern);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].help.as_deref(), help, "{pattern}");
    }
}

#[test]
fn circles_of_sets_are_found() {
    let world = shop();
    let toml = "[sets]\na = \"@b\"\nb = [\"@a\", \"@a::x\"]\n";
    assert!(problems(&world, toml).iter().any(|text| text.contains("is defined by itself")));
}

#[test]
fn a_file_overrides_what_it_extends_and_levels_it_anew() {
    let world = World::new(&["a", "b", "c", "d"]);
    let policy = world
        .policy(
            r#"
extends = ["clean-architecture"]
[layers]
domain = "a"
application = "b"
infrastructure = "c"
presentation = "d"
[sets]
frameworks = ["axum"]
[rules]
ports-in-application = "note"
[rules.domain-is-pure]
forbid = { from = "@domain", to = "@presentation" }
[rules.own]
only = { from = "@domain", to = "@frameworks" }
"#,
        )
        .expect("a policy");
    let rule = |id: &str| policy.rule(id).expect("a rule");
    assert_eq!(rule("domain-is-pure").sentence(), "`domain` may not use `presentation`");
    assert!(matches!(rule("domain-is-pure").origin, Origin::File { .. }));
    assert_eq!(rule("ports-in-application").severity, Severity::Note);
    assert!(rule("ports-in-application").because.is_some());
    let parts = rule("no-frameworks-in-core").verb.operands();
    let terms: Vec<&str> = parts[1].operand.terms.iter().map(|term| term.text.as_str()).collect();
    assert_eq!(terms, ["axum"]);
    let kinds: Vec<u8> = policy
        .rules()
        .iter()
        .map(|rule| match rule.origin {
            Origin::Pack { .. } => 0,
            Origin::Layer { .. } => 1,
            Origin::File { .. } => 2,
            Origin::Upkeep => 3,
        })
        .collect();
    assert!(kinds.is_sorted());
}

#[test]
fn missing_layers_of_a_pack_are_listed_once() {
    let world = shop();
    let found = world
        .policy("extends = [\"clean-architecture\"]\n[layers]\ndomain = \"shop\"\n")
        .expect_err("layers are missing");
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "`clean-architecture` speaks of layers that are not defined: `application`, `infrastructure`, `presentation`"
    );
    assert!(found[0].help.as_deref().is_some_and(|help| help.contains("presentation = \"…\"")));
}

#[test]
fn rules_of_a_layer_that_may_be_missing_are_silent() {
    let mut world = World::new(&["a", "b", "c", "d"]);
    world.uses("a", "b::X");
    let policy =
        "extends = [\"hexagonal\"]\n[layers]\ndomain = \"a\"\ninbound = \"b\"\noutbound = \"c\"\n";
    let messages = world.messages(policy);
    assert!(
        messages.contains(&"domain-is-pure: `a` (domain) must not use `b` (inbound)".to_owned())
    );
    assert!(messages.iter().all(|message| !message.contains("nobody-uses")));
    assert!(messages.iter().all(|message| !message.contains("application-uses")));
}

#[test]
fn a_rule_that_may_err_warns_unless_it_says_otherwise() {
    let mut world = shop();
    world.uses("shop::app", "sqlx::Pool");
    let rule = |rest: &str| {
        let policy = format!(
            "[rules.r]\nforbid = {{ from = \"shop\", to = \"sqlx\" }}\nheuristic = \"it guesses\"\n{rest}"
        );
        world.policy(&policy).expect("a policy").rules()[0].clone()
    };
    assert_eq!(rule("").severity, Severity::Warn);
    assert_eq!(rule("").heuristic.as_deref(), Some("it guesses"));
    assert_eq!(rule("severity = \"error\"\n").severity, Severity::Error);
}
