//! Verbs whose judgement is short.

mod acyclic;
mod captures;
mod contexts;
mod facade;
mod independent;
mod stable;

use crate::facts::Visibility;
use crate::policy::LayerId;
use crate::testing::World;

const LAYERS: &str = r#"
[layers]
domain = "shop::domain"
app = "shop::app"
infra = "shop::infra"
"#;

fn shop() -> World {
    let mut world = World::new(&["shop"]);
    for module in ["shop::domain", "shop::app", "shop::infra"] {
        world.thing(module);
    }
    world
}

#[test]
fn only_the_named_may_use_it() {
    let mut world = shop();
    world.uses("shop::infra", "sqlx::Pool");
    world.uses("shop::app::orders", "sqlx::Pool");
    world.uses("shop", "sqlx::Row");
    let policy = format!("{LAYERS}[rules.sql]\nonly = {{ from = \"@infra\", to = \"sqlx\" }}\n");
    assert_eq!(
        world.messages(&policy),
        [
            "sql: `shop` must not use `sqlx`: only `infra` may",
            "sql: `shop::app` (app) must not use `sqlx`: only `infra` may",
        ]
    );
}

#[test]
fn a_layer_that_leaves_its_crate_open_takes_in_no_outside_crate() {
    let mut world = shop();
    world.uses("shop::infra", "sqlx::Pool");
    let policy = "[layers]\nall = \"**\"\n[rules.sql]\n\
                  forbid = { from = \"@all\", to = \"sqlx\" }\n";
    assert_eq!(world.messages(policy), ["sql: `shop` (all) must not use `sqlx`"]);
}

#[test]
fn only_leaves_alone_what_is_protected() {
    let mut world = shop();
    world.uses("shop::infra::db", "shop::infra::Pool");
    world.uses("shop::domain", "shop::infra::Pool");
    let policy = format!("{LAYERS}[rules.r]\nonly = {{ from = \"@app\", to = \"@infra\" }}\n");
    assert_eq!(
        world.messages(&policy),
        ["r: `shop::domain` (domain) must not use `shop::infra` (infra): only `app` may"]
    );
    let policy = world.policy(&policy).expect("a policy");
    assert_eq!(policy.rules()[0].sentence(), "only `app` may use `infra`");
}

#[test]
fn may_use_is_closed_over_layers_and_open_to_the_rest() {
    let mut world = shop();
    world.uses("shop::app", "shop::domain::Order");
    world.uses("shop::app", "shop::infra::Pool");
    world.uses("shop::app", "shop::shared::Id");
    world.uses("shop::domain", "shop::app::Place");
    let policy = r#"
[layers]
domain = { members = "shop::domain", may-use = [] }
app = { members = "shop::app", may-use = ["domain"] }
infra = "shop::infra"
"#;
    assert_eq!(
        world.messages(policy),
        [
            "app-may-use: `shop::app` (app) must not use `shop::infra` (infra): `app` may use only `domain`",
            "domain-may-use: `shop::domain` (domain) must not use `shop::app` (app): `domain` may use no other layer",
        ]
    );
    assert_eq!(world.messages(&format!("{policy}[rules]\napp-may-use = \"off\"\n")).len(), 1);
}

#[test]
fn external_is_closed_over_outside_crates_but_those_of_the_compiler() {
    let mut world = shop();
    world.declares("uuid", "uuid");
    world.uses("shop::domain", "uuid::Uuid");
    world.uses("shop::domain", "std::fs::File");
    world.uses("shop::domain", "sqlx::Pool");
    world.uses("shop::app", "sqlx::Pool");
    let policy = |external: &str| {
        format!("[layers]\ndomain = {{ members = \"shop::domain\", external = {external} }}\n")
    };
    assert_eq!(
        world.messages(&policy("\"uuid\"")),
        [
            "domain-external: `shop::domain` (domain) must not use `sqlx`: `domain` may use only `uuid`"
        ]
    );
    assert_eq!(world.messages(&policy("[]")).len(), 2);
    assert!(world.messages(&policy("[]"))[0].ends_with("`domain` may use no crate"));
}

#[test]
fn every_module_is_covered_or_told_at_the_top_of_what_is_not() {
    let mut world = shop();
    world.thing("shop::stray::deep::deeper");
    world.thing("shop::stray::other");
    world.thing("shop::part::covered");
    let policy =
        format!("{LAYERS}covered = \"shop::part::covered\"\n[rules.all]\ncovered = {{}}\n");
    assert_eq!(
        world.messages(&policy),
        [
            "all: `shop` is in no layer",
            "all: `shop::stray` is in no layer, nor are the 3 modules below it",
            "all: `shop::part` is in no layer",
        ]
    );
    let within = policy.replace("covered = {}", "covered = { within = \"shop::part\" }");
    assert_eq!(world.messages(&within), ["all: `shop::part` is in no layer"]);
}

#[test]
fn a_share_of_the_modules_can_do() {
    let world = shop();
    let policy = |min: &str| format!("{LAYERS}[rules.most]\ncovered = {{ min = {min} }}\n");
    assert_eq!(world.messages(&policy("75")), Vec::<String>::new());
    assert_eq!(
        world.messages(&policy("75.5")),
        ["most: 3 of 4 modules belong to a layer (75.0 %), fewer than 75.5 %"]
    );
}

#[test]
fn a_chain_through_others_is_found_with_via_any() {
    let mut world = shop();
    world.uses("shop::domain::a", "shop::one::One");
    world.uses("shop::one", "shop::two::Two");
    world.uses("shop::two", "shop::infra::Pool");
    // A detour through another module of the domain is that module's.
    world.uses("shop::domain::b", "shop::domain::a");
    // A longer way from the same module is not told.
    world.uses("shop::domain::a", "shop::zero::Zero");
    world.uses("shop::zero", "shop::one::One");
    let policy = |via: &str| {
        format!("{LAYERS}[rules.far]\nforbid = {{ from = \"@domain\", to = \"@infra\"{via} }}\n")
    };
    assert_eq!(world.messages(&policy("")), Vec::<String>::new());
    let report = world.check(&policy(", via = \"any\""));
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "`shop::domain` (domain) must not reach `shop::infra` (infra), not even through others"
    );
    assert_eq!(finding.primary.location.file, "shop/domain/a.rs");
    assert_eq!(finding.primary.text, "imported here; leads to `shop::infra::Pool` in 3 steps");
    let steps: Vec<(&str, &str, &str)> = finding
        .chain
        .iter()
        .map(|step| (step.from.as_str(), step.to.as_str(), step.how.as_str()))
        .collect();
    assert_eq!(
        steps,
        [("shop::one", "shop::two::Two", "use"), ("shop::two", "shop::infra::Pool", "use")]
    );
}

#[test]
fn direct_dependencies_and_test_code_count_as_usual_with_via_any() {
    let mut world = shop();
    world.uses("shop::domain", "shop::infra::Pool");
    let test = world.uses("shop::one", "shop::infra::Pool");
    world.uses("shop::domain", "shop::one::One");
    world.dependency(test).test = true;
    let policy = format!(
        "{LAYERS}[rules.far]\nforbid = {{ from = \"@domain\", to = \"@infra\", via = \"any\" }}\n"
    );
    assert_eq!(world.messages(&policy).len(), 1);
    world.dependency(test).test = false;
    assert_eq!(world.messages(&policy).len(), 2);
}

#[test]
fn what_is_told_as_direct_is_not_told_again_as_a_chain() {
    let mut world = shop();
    world.uses_through("shop::domain", "shop::infra", "One", "shop::one::One");
    world.uses("shop::one", "shop::infra::Pool");
    let policy = format!(
        "{LAYERS}[rules.far]\nforbid = {{ from = \"@domain\", to = \"@infra\", via = \"any\" }}\n"
    );
    let report = world.check(&policy);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].secondary, []);
}

#[test]
fn a_chain_goes_on_through_outside_crates_as_cargo_says() {
    let mut world = shop();
    world.uses("shop::domain", "sea_orm::Entity");
    for (from, to) in [("sea-orm", "sea-query"), ("sea-query", "sqlx-core"), ("sqlx-core", "serde")]
    {
        world.links(from, to);
    }
    let policy = format!(
        "{LAYERS}[rules.far]\nforbid = {{ from = \"@domain\", to = \"sqlx-core\", via = \"any\" }}\n"
    );
    let report = world.check(&policy);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.primary.text, "imported here; leads to `sqlx_core` in 3 steps");
    let steps: Vec<&str> = finding.chain.iter().map(|step| step.to.as_str()).collect();
    assert_eq!(steps, ["sea_query", "sqlx_core"]);
    assert_eq!(finding.chain[0].how, "cargo");
    assert!(world.policy(&policy).expect("a policy").needs().external_graph);
}

#[test]
fn only_chains_to_outside_crates_need_their_graph() {
    let world = shop();
    let needs = |rule: &str| {
        let policy = format!("{LAYERS}[sets]\nlog = [\"tracing\"]\n[rules.r]\nforbid = {rule}\n");
        world.policy(&policy).expect("a policy").needs().external_graph
    };
    assert!(needs("{ from = \"@domain\", to = \"@log\", via = \"any\" }"));
    assert!(needs("{ from = \"@domain\", to = \"s*\", via = \"any\" }"));
    assert!(!needs("{ from = \"@domain\", to = \"@infra\", via = \"any\" }"));
    let open = "[layers]\nall = \"sho*\"\n[rules.r]\n\
                forbid = { from = \"shop::domain\", to = \"@all\", via = \"any\" }\n";
    assert!(!world.policy(open).expect("a policy").needs().external_graph);
    assert!(!needs("{ from = \"@domain\", to = [\"shop::x\", \"std::fs\"], via = \"any\" }"));
    assert!(!needs("{ from = \"@domain\", to = \"@log\" }"));
}

#[test]
fn visibility_is_that_of_the_declaration() {
    let mut world = shop();
    let module = world.module("shop::infra::rows");
    world.facts.modules[module.index()].visibility = Visibility::Crate;
    let policy = "[rules.r]\nitems = { kind = \"module\", visibility = \"pub(crate)\" }\nmust = { name = \"x\" }\n";
    assert_eq!(world.messages(policy), ["r: the module `shop::infra::rows` must be named `x`"]);
}

#[test]
fn rules_tell_which_layers_they_keep_apart() {
    let world = shop();
    let apart = |rest: &str| -> Vec<String> {
        let policy = world.policy(&format!("{LAYERS}{rest}")).expect("a policy");
        let layers = || (0_u16..).map(LayerId).take(policy.layers().len());
        let name = |layer: LayerId| policy.layer(layer).name.as_str();
        layers()
            .flat_map(|from| layers().map(move |to| (from, to)))
            .filter(|(from, to)| policy.rules().iter().any(|it| it.verb.separates(*from, *to)))
            .map(|(from, to)| format!("{} {}", name(from), name(to)))
            .collect()
    };
    let forbid = |more: &str| {
        format!(
            "[rules.r]\nforbid = {{ from = [\"@domain\", \"@app\"], to = [\"@infra\", \"@app::x\", \"std\"]{more} }}"
        )
    };
    assert_eq!(apart(&forbid("")), ["domain infra", "app infra"]);
    assert_eq!(apart(&forbid(", kinds = [\"call\"]")), Vec::<String>::new());
    let only = "[rules.r]\nonly = { from = \"@app\", to = \"@infra\" }";
    assert_eq!(apart(only), ["domain infra"]);
    let only_a_part = "[rules.r]\nonly = { from = [\"@app\", \"shop::domain\"], to = \"@infra\" }";
    assert_eq!(apart(only_a_part), Vec::<String>::new());
    let may_use = "[layers.ui]\nmembers = \"shop::ui\"\nmay-use = [\"app\"]";
    assert_eq!(apart(may_use), ["ui domain", "ui infra"]);
}
