use jiff::civil::date;

use crate::check::{Selection, check};
use crate::finding::Severity;
use crate::policy::{Origin, Policy, Problem};
use crate::testing::{World, source_with};

/// Sets that the other packs share, and a rule.
const BASE: &str = r#"
[layers]
core = { optional = true }
[sets]
drivers = ["sqlx"]
ports = ["@core::**::ports"]
[rules.base]
forbid = { from = "@core", to = "@drivers" }
"#;

const STRICT: &str = r#"
extends = ["base"]
[layers]
core = {}
edge = { optional = true }
[rules]
base = "note"
[rules.strict]
forbid = { from = "@ports", to = "@edge" }
"#;

const LAX: &str = r#"
extends = ["base"]
[layers]
core = { optional = true }
[sets]
drivers = ["sqlx", "redis"]
[rules.lax]
forbid = { from = "@core", to = "@drivers" }
"#;

const RIVAL: &str = r#"
[sets]
drivers = ["diesel"]
[rules.strict]
forbid = { from = "a", to = "@drivers" }
"#;

fn build(world: &World, text: &str) -> Result<Policy, Vec<Problem>> {
    let text_of = |name: &str| match name {
        "base" => BASE,
        "strict" => STRICT,
        "lax" => LAX,
        _ => RIVAL,
    };
    let source = source_with("layers.toml", text, &text_of);
    Policy::build(&source, &world.members(), date(2026, 11, 22))
}

fn policy(world: &World, text: &str) -> Policy {
    build(world, text).expect("a policy")
}

fn problems(text: &str) -> Vec<String> {
    let problems = build(&World::new(&["a", "b"]), text).expect_err("problems");
    problems.into_iter().map(|problem| problem.message).collect()
}

#[test]
fn a_pack_that_comes_in_by_two_ways_counts_once() {
    let world = World::new(&["a"]);
    let policy =
        policy(&world, "extends = [\"strict\", \"lax\", \"base\"]\n[layers]\ncore = \"a\"\n");
    let ids: Vec<&str> = policy.rules().iter().take(3).map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["base", "strict", "lax"]);
    let base = policy.rule("base").expect("the shared rule");
    assert_eq!(base.severity, Severity::Note, "the way of `lax` must not undo what `strict` says");
    assert!(matches!(&base.origin, Origin::Pack { name, .. } if name == "base"), "{base:?}");
}

#[test]
fn a_pack_may_put_its_own_set_in_the_place_of_one_it_extends() {
    let mut world = World::new(&["a"]);
    world.uses("a", "redis::Client");
    let policy = policy(&world, "extends = [\"lax\"]\n[layers]\ncore = \"a\"\n");
    let report = check(&world.facts, &policy, &Selection::default()).expect("a report");
    assert!(report.findings.iter().any(|finding| finding.rule == "lax"));
}

#[test]
fn packs_that_know_nothing_of_each_other_must_not_define_the_same() {
    assert_eq!(
        problems("extends = [\"strict\", \"rival\"]\n[layers]\ncore = \"a\"\n"),
        [
            "`strict` and `rival` both define the rule `strict`",
            "two packs define the set `drivers`, each in its own way",
        ]
    );
}

#[test]
fn one_pack_cannot_come_in_under_two_sets_of_names() {
    let text = r#"
extends = ["lax", { pack = "strict", layers = { core = "other" } }]
[layers]
core = "a"
other = "b"
"#;
    assert_eq!(problems(text), ["`base` comes in twice, with other names for its layers"]);
}

#[test]
fn names_that_a_pack_does_not_speak_of_make_no_difference_to_it() {
    let text = r#"
extends = ["lax", { pack = "strict", layers = { edge = "rim" } }]
[layers]
core = "a"
rim = "b"
"#;
    assert!(build(&World::new(&["a", "b"]), text).is_ok(), "`base` speaks of no `edge`");
}

#[test]
fn sets_of_a_pack_mean_the_layers_of_the_rule_that_names_them() {
    let mut world = World::new(&["a", "b", "c"]);
    world.uses("b::ports", "c::Thing");
    let text = r#"
extends = [
    { pack = "strict", layers = { core = "inner" } },
    { pack = "sets", layers = { core = "outer" } },
]
[layers]
inner = "b"
outer = "a"
edge  = "c"
"#;
    // The second way for the set `ports` to come in is the last, and means another layer.
    let sets = "[layers]\ncore = {}\n[sets]\nports = [\"@core::**::ports\"]\n";
    let text_of = |name: &str| match name {
        "base" => BASE,
        "strict" => STRICT,
        _ => sets,
    };
    let source = source_with("layers.toml", text, &text_of);
    let policy = Policy::build(&source, &world.members(), date(2026, 11, 22)).expect("a policy");
    let report = check(&world.facts, &policy, &Selection::default()).expect("a report");
    let broken: Vec<&str> = report.findings.iter().map(|it| it.rule.as_str()).collect();
    assert!(broken.contains(&"strict"), "{broken:?}");
}

#[test]
fn a_layer_that_one_pack_can_do_without_is_still_missed_by_another() {
    assert_eq!(
        problems("extends = [\"strict\", \"lax\"]\n"),
        ["`strict` speaks of a layer that is not defined: `core`"]
    );
    let world = World::new(&["a"]);
    assert!(build(&world, "extends = [\"lax\"]\n").is_ok(), "every pack can do without it");
    let text = "extends = [\"strict\"]\n[layers]\ncore = { optional = true }\n";
    assert!(build(&world, text).is_ok(), "the workspace says so itself");
}
