use std::collections::BTreeMap;

use super::*;
use crate::check::{Selection, check};
use crate::context::Layering;
use crate::exceptions::baseline::BaselineEntry;
use crate::finding::Identity;
use crate::testing::{World, source};
use crate::tree::PathTree;

const POLICY: &str = r#"
[layers]
domain = "shop::domain"
infra = "shop::infra"
[rules.pure]
forbid = { from = "@domain", to = ["@infra", "sqlx"] }
"#;

fn shop(uses: &[(&str, &str)]) -> World {
    let mut world = World::new(&["shop", "tool"]);
    for path in ["shop::domain::money", "shop::infra::db", "tool::run"] {
        world.thing(path);
    }
    for (from, to) in uses {
        world.uses(from, to);
    }
    world
}

/// What changes from one policy to the other, as `direction about name: what`.
fn changed(before: &str, after: &str) -> Vec<String> {
    with_baselines((before, &[]), (after, &[]))
}

fn with_baselines(
    before: (&str, &[BaselineEntry]),
    after: (&str, &[BaselineEntry]),
) -> Vec<String> {
    let world = shop(&[("shop::domain", "sqlx::Pool")]);
    let none = BTreeMap::new();
    let policy = |text: &str| world.policy(text).expect("a policy");
    let (then, now) = (policy(before.0), policy(after.0));
    let (then_source, now_source) =
        (source("layers.toml", before.0), source("layers.toml", after.0));
    let side = |policy, source, baseline| Side {
        facts: &world.facts,
        policy: Some((policy, source)),
        definitions: &none,
        baseline,
    };
    let changes = policies(side(&then, &then_source, before.1), side(&now, &now_source, after.1));
    changes.iter().map(shown).collect()
}

fn shown(change: &Change) -> String {
    let Change { direction, about, name, what, .. } = change;
    format!("{direction:?} {} {name}: {what}", about.word())
}

#[test]
fn violations_are_new_fixed_or_the_same() {
    let before = shop(&[("shop::domain", "sqlx::Pool"), ("shop::domain", "shop::infra::Db")]);
    let after = shop(&[
        ("shop::infra", "shop::domain"),
        ("shop::domain", "sqlx::Pool"),
        ("shop::domain", "sqlx::Pool"),
        ("shop::domain::money", "sqlx::Pool"),
    ]);
    let then = before.check(POLICY).findings;
    let policy = after.policy(POLICY).expect("a policy");
    let report = check(&after.facts, &policy, &Selection::default()).expect("judged");
    let drift = violations(&then, &report, &after.facts);
    assert_eq!((drift.new.len(), drift.fixed.len(), drift.kept), (2, 1, 1));
    assert_eq!(then[drift.fixed[0]].identity.to, "shop::infra::Db");
    assert_eq!(recorded(&then).len(), 2);
    let same = violations(&report.findings, &report, &after.facts);
    assert_eq!((same.new.len(), same.fixed.len(), same.kept), (0, 0, 3));
}

#[test]
fn edges_are_summed_up_at_each_level() {
    let of = |world: &World| {
        let policy = world.policy(POLICY).expect("a policy");
        let tree = PathTree::new(&world.facts);
        let layering = Layering::new(&tree, &policy).expect("layers");
        edges(&world.facts, &tree, &policy, &layering)
    };
    let before = of(&shop(&[("shop::domain", "sqlx::Pool"), ("shop::domain", "std::fs::File")]));
    let after = of(&shop(&[
        ("shop::domain", "std::fs::File"),
        ("shop::domain::money", "shop::infra::db::Pool"),
        ("shop::domain", "shop::infra::db::Pool"),
        ("shop::domain", "shop::domain::money::Money"),
        ("shop::infra", "tool::run"),
    ]));
    let named = |edges: &[Edge]| -> Vec<(String, usize)> {
        edges.iter().map(|edge| (format!("{} → {}", edge.from, edge.to), edge.references)).collect()
    };
    let drift = |level| {
        let EdgeDrift { new, gone } = after.since(&before, level);
        (named(&new), named(&gone))
    };
    let pairs = |edges: &[(&str, usize)]| -> Vec<(String, usize)> {
        edges.iter().map(|(edge, count)| ((*edge).to_owned(), *count)).collect()
    };
    assert_eq!(drift(Level::Layers), (pairs(&[("domain → infra", 2)]), Vec::new()));
    assert_eq!(drift(Level::Crates), (pairs(&[("shop → tool", 1)]), pairs(&[("shop → sqlx", 1)])));
    assert_eq!(
        drift(Level::Modules).0,
        pairs(&[
            ("shop::domain → shop::domain::money", 1),
            ("shop::domain → shop::infra::db", 1),
            ("shop::domain::money → shop::infra::db", 1),
            ("shop::infra → tool::run", 1),
        ])
    );
    for level in Level::ALL {
        assert_eq!(after.since(&after, level), EdgeDrift::default());
    }
}

#[test]
fn a_policy_that_is_the_same_has_not_changed() {
    assert_eq!(changed(POLICY, POLICY), Vec::<String>::new());
}

#[test]
fn rules_that_come_go_and_weigh_less() {
    let more = format!("{POLICY}[rules.covered]\ncovered = {{ within = \"*\" }}\n");
    assert!(changed(POLICY, &more)[0].starts_with("Tightened rule covered: it is new: "));
    assert!(changed(&more, POLICY)[0].starts_with("Loosened rule covered: it is gone; "));
    let warns = format!("{POLICY}severity = \"warn\"\n");
    assert_eq!(
        changed(POLICY, &warns),
        ["Loosened rule pure: its severity is warning, and was error"]
    );
    assert_eq!(
        changed(&warns, POLICY),
        ["Tightened rule pure: its severity is error, and was warning"]
    );
    let off = format!("{POLICY}severity = \"off\"\n");
    assert_eq!(changed(&warns, &off), ["Loosened rule pure: its severity is off, and was warning"]);
    let tests = format!("{POLICY}tests = true\n");
    assert_eq!(changed(POLICY, &tests), ["Tightened rule pure: test code is held to it"]);
    let optional = format!("{POLICY}optional = true\n");
    assert!(changed(POLICY, &optional)[0].starts_with("Loosened rule pure: it is off while"));
}

#[test]
fn what_a_rule_speaks_of_grows_and_shrinks() {
    let less = POLICY.replace(", \"sqlx\"", "");
    assert_eq!(changed(POLICY, &less), ["Loosened rule pure: `to`: no longer with `sqlx`"]);
    assert_eq!(changed(&less, POLICY), ["Tightened rule pure: `to`: now with `sqlx`"]);
    let wider = POLICY.replace("\"sqlx\"", "\"sql*\"");
    assert_eq!(
        changed(POLICY, &wider),
        ["Tightened rule pure: `to`: now with `sql*`, no longer with `sqlx`"]
    );
    assert!(changed(&wider, POLICY)[0].starts_with("Loosened rule pure"));
    let other = POLICY.replace("\"sqlx\"", "\"axum\"");
    assert!(changed(POLICY, &other)[0].starts_with("Changed rule pure"));
    // What a rule allows goes the other way, and so does what it wants to be used.
    let only = |from: &str| format!("[rules.sql]\nonly = {{ from = {from}, to = \"sqlx\" }}\n");
    let (one, two) = (only("\"shop::infra\""), only("[\"shop::infra\", \"tool\"]"));
    assert_eq!(changed(&one, &two), ["Loosened rule sql: `from`: now with `tool`"]);
    let require =
        |to: &str| format!("[rules.sql]\nrequire = {{ from = \"shop::infra\", to = {to} }}\n");
    let (one, two) = (require("\"sqlx\""), require("[\"sqlx\", \"tool\"]"));
    assert_eq!(changed(&one, &two), ["Loosened rule sql: `to`: now with `tool`"]);
    let verb = "[rules.pure]\nonly = { from = \"shop::infra\", to = \"sqlx\" }\n";
    assert!(
        changed(POLICY, verb).iter().any(|it| it.starts_with("Changed rule pure: it says that "))
    );
}

#[test]
fn layers_that_may_use_more_or_less() {
    let may = |uses: &str| {
        format!("[layers]\ntool = \"tool\"\n{uses}[layers.infra]\nmembers = \"shop::infra\"\n")
    };
    let domain = |uses: &str| {
        may(&format!("[layers.domain]\nmembers = \"shop::domain\"\nmay-use = [{uses}]\n"))
    };
    let (none, one, other) = (domain(""), domain("\"infra\""), domain("\"tool\""));
    assert_eq!(
        changed(&none, &one),
        ["Loosened rule domain-may-use: it lets pass now: `domain` → `infra`"]
    );
    assert_eq!(
        changed(&one, &other),
        [
            "Loosened rule domain-may-use: it lets pass now: `domain` → `tool`",
            "Tightened rule domain-may-use: it forbids now: `domain` → `infra`",
        ]
    );
}

#[test]
fn packs_that_come_and_go() {
    let layers = "[layers]\ndomain = \"shop::domain\"\napplication = \"tool\"\n\
                  infrastructure = \"shop::infra\"\npresentation = \"tool::run\"\n\
                  composition = \"shop\"\n";
    let extends = format!("extends = [\"clean-architecture\"]\n{layers}");
    let found = changed(&extends, layers);
    assert!(
        found.contains(
            &"Loosened extends clean-architecture: it is not extended any more".to_owned()
        ),
        "{found:#?}"
    );
    assert!(
        found.iter().any(|it| it.starts_with("Loosened rule domain-is-pure: it is gone")),
        "{found:#?}"
    );
    assert!(
        changed(layers, &extends)
            .contains(&"Tightened extends clean-architecture: it is extended".to_owned())
    );
}

#[test]
fn exceptions_that_come_go_and_last_longer() {
    let except = |until: &str| {
        format!(
            "{POLICY}[[rules.pure.except]]\nfrom = \"shop::domain\"\nreason = \"soon\"\n{until}\n"
        )
    };
    let (open, short, long) =
        (except(""), except("until = \"2026-12-01\""), except("until = \"2027-12-01\""));
    assert_eq!(
        changed(POLICY, &open),
        ["Loosened exception pure: an exception for `shop::domain` → anything is new"]
    );
    assert_eq!(
        changed(&open, POLICY),
        ["Tightened exception pure: an exception for `shop::domain` → anything is gone"]
    );
    assert_eq!(
        changed(&short, &long),
        [
            "Loosened exception pure: the exception for `shop::domain` → anything counts until 2027-12-01, and did until 2026-12-01"
        ]
    );
    assert!(changed(&long, &open)[0].ends_with("counts for ever, and did until 2027-12-01"));
    assert!(changed(&open, &short)[0].starts_with("Tightened exception pure"));
    let entry = |to: &str, count| BaselineEntry {
        rule: "pure".to_owned(),
        identity: Identity { to: to.to_owned(), ..Identity::default() },
        count,
        reason: None,
        owner: None,
        since: None,
        until: None,
        location: Location::default(),
    };
    let found = with_baselines(
        (POLICY, &[entry("a", 3), entry("b", 1)]),
        (POLICY, &[entry("a", 1), entry("c", 2)]),
    );
    assert_eq!(
        found,
        [
            "Loosened baseline pure: the baseline holds 2 findings more",
            "Tightened baseline pure: the baseline holds 3 findings fewer",
        ]
    );
}

#[test]
fn modules_that_change_their_layer() {
    let world = shop(&[]);
    let moved = |before: &str, after: &str| -> Vec<String> {
        let policy = |text: &str| world.policy(text).expect("a policy");
        let changes = memberships((&world.facts, &policy(before)), (&world.facts, &policy(after)));
        changes.iter().map(shown).collect()
    };
    assert_eq!(moved(POLICY, POLICY), Vec::<String>::new());
    let narrow = POLICY.replace("\"shop::domain\"", "\"shop::domain::money\"");
    assert_eq!(
        moved(POLICY, &narrow),
        ["Loosened layer domain: `shop::domain` belongs to no layer, and did to `domain`"]
    );
    assert!(
        moved(&narrow, POLICY)[0]
            .starts_with("Tightened layer domain: `shop::domain` belongs to `domain`")
    );
    let swapped = POLICY
        .replace("domain = \"shop::domain\"", "domain = \"shop::infra\"")
        .replace("infra = \"shop::infra\"", "infra = \"shop::domain\"");
    assert_eq!(moved(POLICY, &swapped).len(), 2);
}
