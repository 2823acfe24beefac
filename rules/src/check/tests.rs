use jiff::civil::date;

use super::*;
use crate::facts::FileId;
use crate::policy::Policy;
use crate::testing::{World, source_with};

pub(super) const POLICY: &str = r#"
[layers]
domain = "shop::domain"
infra = "shop::infra"
[rules.pure]
forbid = { from = "@domain", to = "@infra" }
"#;

pub(super) fn shop() -> World {
    let mut world = World::new(&["shop"]);
    world.uses("shop::domain::legacy", "shop::infra::db::Pool");
    world.uses("shop::domain::orders", "shop::infra::db::Pool");
    world
}

/// The ids of the rules with findings, and where the policy is told off, the text there.
pub(super) fn told(world: &World, toml: &str) -> Vec<String> {
    let findings = world.check(toml).findings;
    let in_policy =
        findings.iter().filter(|finding| finding.primary.location.file == "layers.toml");
    in_policy
        .map(|finding| {
            let text = &toml[finding.primary.location.span.range()];
            format!("{} {}: {} [{text}]", finding.severity, finding.rule, finding.message)
        })
        .collect()
}

#[test]
fn findings_are_sorted_by_place() {
    let report = shop().check(POLICY);
    assert_eq!(report.findings.len(), 2);
    assert!(report.findings.is_sorted_by_key(|finding| finding.primary.location.clone()));
}

#[test]
fn a_selection_of_rules_and_packages_is_told_of_alone() {
    let mut world = World::new(&["app", "shop"]);
    world.uses("shop::domain", "shop::infra::db");
    world.uses("app::domain", "shop::infra::db");
    let policy = "[rules.a]\nforbid = { from = \"*::domain\", to = \"shop::infra\" }\n[rules.b]\nforbid = { from = \"app\", to = \"shop\" }\n";
    let count = |rules: &[&str], packages: &[u32]| {
        let selection = Selection {
            rules: rules.iter().map(|id| (*id).to_owned()).collect(),
            packages: packages.iter().map(|id| PackageId::new(*id as usize)).collect(),
            partial: false,
        };
        let report = world.select(policy, &selection);
        (report.findings.len(), report.rules.len())
    };
    assert_eq!(count(&[], &[]), (3, 2));
    assert_eq!(count(&["a"], &[]), (2, 1));
    assert_eq!(count(&["a"], &[0]), (1, 1));
    assert_eq!(count(&["b"], &[1]), (0, 1));
    let unknown = Selection { rules: vec!["c".to_owned()], ..Selection::default() };
    let problems = check(&world.facts, &world.policy(policy).expect("a policy"), &unknown);
    assert_eq!(problems.expect_err("no such rule")[0].message, "no rule is called `c`");
}

#[test]
fn a_severity_is_given_by_level_and_off_is_off() {
    let world = shop();
    let warn = world.check(&format!("{POLICY}severity = \"warn\"\n"));
    assert!(warn.findings.iter().all(|finding| finding.severity == Severity::Warn));
    let off = world.check(&format!("{POLICY}severity = \"off\"\n"));
    assert_eq!((off.findings.len(), off.rules.len()), (0, 0));
}

#[test]
fn a_pack_rule_can_be_amended() {
    let mut world = World::new(&["a", "b", "c", "d"]);
    world.uses("a", "c::Pool");
    let policy = r#"
extends = ["clean-architecture"]
[layers]
domain = "a"
application = "b"
infrastructure = "c"
presentation = "d"
[rules]
no-frameworks-in-core = "off"
[[rules.domain-is-pure.except]]
from = "a"
reason = "soon"
"#;
    let report = world.check(policy);
    assert_eq!(
        report.findings.iter().filter(|finding| finding.severity > Severity::Note).count(),
        0
    );
    assert!(report.rules.iter().any(|rule| rule.id == "domain-is-pure"));
    assert!(report.rules.iter().all(|rule| rule.id != "no-frameworks-in-core"));
}

#[test]
fn what_matches_nothing_is_told_where_it_stands() {
    let mut world = shop();
    world.declares("sqlx", "sqlx");
    let cases = [
        (
            "[layers]\na = [\"shop\", \"shpo\"]\n",
            "`shpo`, a member of the layer `a`, matches nothing [\"shpo\"]",
        ),
        (
            "[layers]\na = \"shop::domain::orderz\"\n",
            "`shop::domain::orderz`, a member of the layer `a`, matches nothing [\"shop::domain::orderz\"]",
        ),
        (
            "[sets]\nio = [\"nope\", \"nada\"]\n",
            "nothing in the set `io` is known [[\"nope\", \"nada\"]]",
        ),
        (
            "[rules.r]\nforbid = { from = [\"shop\", \"shop::gone\"], to = \"std\" }\n",
            "`shop::gone` in `from` of the rule `r` matches nothing [\"shop::gone\"]",
        ),
        (
            "[rules.r]\nforbid = { from = \"sqlx\", to = \"std\" }\n",
            "`sqlx` in `from` of the rule `r` matches nothing [\"sqlx\"]",
        ),
        (
            "[rules.r]\nforbid = { from = \"shop\", to = [\"sqlx\", \"shop::gone\"] }\n",
            "`shop::gone` in `to` of the rule `r` matches nothing [\"shop::gone\"]",
        ),
        (
            "[rules.r]\nforbid = { from = \"shop\", to = [\"nope\", \"nada\"] }\n",
            "`to` of the rule `r` matches nothing [[\"nope\", \"nada\"]]",
        ),
        (
            "[rules.r]\nonly = { from = \"shop::gone\", to = \"sqlx\" }\n",
            "`shop::gone` in `from` of the rule `r` matches nothing [\"shop::gone\"]",
        ),
        (
            "[rules.r]\nforbid = { from = \"shop\", to = \"shop\" }\n",
            "the rule `r` matches nothing: everything in `to` is in `from` as well, so nothing is forbidden [r]",
        ),
        (
            "[rules.r]\nitems = { kind = \"union\" }\nmust = { name = \"x\" }\n",
            "the rule `r` matches nothing: there is no item that is a union [r]",
        ),
        (
            "[rules.r]\nitems = { kind = \"struct\" }\nmust-not = { in = \"shop::gone\" }\n",
            "`shop::gone` in `in` of the rule `r` matches nothing [\"shop::gone\"]",
        ),
        (
            "[rules.r]\ncovered = { within = \"nope\" }\n",
            "`nope` in `within` of the rule `r` matches nothing [\"nope\"]",
        ),
    ];
    for (toml, expected) in cases {
        let found = told(&world, toml);
        assert_eq!(found, [format!("error matches-nothing: {expected}")], "{toml}");
    }
    for fine in [
        "[rules.r]\nforbid = { from = \"shop\", to = [\"sqlx\", \"nope\"] }\n",
        "[rules.r]\nforbid = { from = \"shop\", to = \"std::time::SystemTime::now\" }\n",
        "[sets]\nio = [\"sqlx\", \"nope\"]\n",
        "[layers]\na = { members = \"shpo\", optional = true }\n[rules.r]\nforbid = { from = \"@a\", to = \"nope\" }\n",
    ] {
        assert_eq!(told(&world, fine), Vec::<String>::new(), "{fine}");
    }
}

#[test]
fn a_layer_that_others_take_all_of_is_told() {
    let mut world = World::new(&["shop"]);
    world.thing("shop::domain");
    let policy = "[layers]\na = \"sh*\"\nb = \"shop\"\n";
    assert_eq!(
        told(&world, policy),
        [
            "error matches-nothing: the layer `a` is empty: more specific members of other layers take all of it [a]"
        ]
    );
}

#[test]
fn a_layer_of_outside_code_that_is_not_seen_is_no_subject() {
    let mut world = shop();
    world.declares("sqlx", "sqlx");
    let layers = "[layers]\na = \"sqlx::postgres\"\n[rules.r]\n";
    assert_eq!(
        told(&world, &format!("{layers}forbid = {{ from = \"@a\", to = \"shop\" }}\n")),
        ["error matches-nothing: `from` of the rule `r` matches nothing [\"@a\"]"]
    );
    let object = format!("{layers}forbid = {{ from = \"shop\", to = \"@a\" }}\n");
    assert_eq!(told(&world, &object), Vec::<String>::new());
}

#[test]
fn a_part_of_an_empty_layer_is_told_unless_it_may_be_empty() {
    let world = shop();
    let policy = |layer: &str| {
        format!(
            "[layers]\na = {layer}\n[rules.r]\nforbid = {{ from = [\"@a::x\", \"shop\"], to = \"std\" }}\n"
        )
    };
    assert_eq!(told(&world, &policy("\"gone\"")).len(), 2);
    assert_eq!(told(&world, &policy("{ members = \"gone\", optional = true }")).len(), 0);
}

#[test]
fn an_optional_rule_is_off_while_a_part_of_it_names_nothing() {
    let mut world = shop();
    world.item("shop::http::Handler");
    let whole = [
        "forbid = { from = \"shop::gone\", to = \"std\" }",
        "forbid = { from = \"shop\", to = [\"nope\", \"nada\"] }",
        "items = { kind = \"union\" }\nmust = { name = \"x\" }",
        "items = { kind = \"struct\", in = \"shop::http\" }\nmust = { in = \"shop::gone\" }",
        "only = { from = \"shop::gone\", to = \"std\" }",
        "covered = { within = \"nope\" }",
    ];
    for verb in whole {
        let rule = format!("[rules.r]\n{verb}\n");
        assert_eq!(world.check(&rule).findings.len(), 1, "{verb}");
        let optional = world.check(&format!("{rule}optional = true\n"));
        assert_eq!(optional.findings, [], "{verb}");
    }
    let verb = "forbid = { from = [\"shop::domain\", \"shop::gone\"], to = \"shop::infra\" }";
    let rule = format!("[rules.r]\n{verb}\noptional = true\n");
    assert_eq!(
        told(&world, &rule),
        [
            "error matches-nothing: `shop::gone` in `from` of the rule `r` matches nothing [\"shop::gone\"]"
        ],
        "what stands beside a part that names something is still a mistake"
    );
    assert_eq!(world.check(&rule).findings.len(), 3);
}

#[test]
fn a_rule_leaves_a_place_to_the_rules_it_yields_to() {
    let mut world = shop();
    world.uses("shop::http", "shop::infra::db::Pool");
    let policy = |more: &str| {
        format!(
            "[rules.first]\nonly = {{ from = \"shop::main\", to = \"shop::infra\" }}\nyields-to = [\"pure\"]\noptional = true\n{POLICY}{more}"
        )
    };
    world.thing("shop::main");
    let rules = |toml: &str, selection: &Selection| -> Vec<String> {
        let findings = world.select(toml, selection).findings;
        findings.into_iter().map(|finding| finding.rule).collect()
    };
    let all = Selection::default();
    assert_eq!(rules(&policy(""), &all), ["pure", "pure", "first"]);
    let excused = "except = [{ from = \"shop::domain\", reason = \"r\" }]\n";
    assert_eq!(rules(&policy(excused), &all), ["first"], "what is excused is told, too");
    assert_eq!(rules(&policy("severity = \"off\"\n"), &all), ["first"; 3]);
    let only = Selection { rules: vec!["first".to_owned()], ..Selection::default() };
    assert_eq!(rules(&policy(""), &only), ["first"; 3]);
}

#[test]
fn a_near_name_is_suggested() {
    let report = shop().check("[layers]\na = \"shop::domain::order\"\n");
    assert_eq!(report.findings[0].primary.text, "did you mean `shop::domain::orders`?");
}

#[test]
fn a_pack_rule_that_selects_nothing_is_a_note_at_the_pack() {
    let world = World::new(&["a"]);
    let pack = "[rules.r]\nitems = { kind = \"union\" }\nmust = { name = \"x\" }\n";
    let source = source_with("layers.toml", "extends = [\"odd\"]\n", &|_| pack);
    let policy = Policy::build(&source, &world.members(), date(2026, 11, 22)).expect("a policy");
    let report = check(&world.facts, &policy, &Selection::default()).expect("a report");
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.severity, Severity::Note);
    assert_eq!(finding.message, "the rule `r` matches nothing: there is no item that is a union");
    let place = &finding.primary.location;
    assert_eq!((place.file.as_str(), place.span.range()), ("layers.toml", 11..16));
}

#[test]
fn a_fingerprint_stays_when_lines_move_and_files_are_renamed() {
    let mut world = shop();
    let again = world.uses("shop::domain::orders", "shop::infra::db::Pool");
    let fingerprints = |world: &World| {
        let findings = world.check(POLICY).findings;
        let mut all: Vec<String> =
            findings.into_iter().map(|finding| finding.fingerprint).collect();
        all.sort();
        all
    };
    let before = fingerprints(&world);
    assert!(before.iter().all(|text| text.len() == 16));
    assert_eq!(before.iter().collect::<std::collections::BTreeSet<_>>().len(), 3);
    for file in &mut world.facts.files {
        file.path = format!("moved/{}", file.path);
    }
    for dependency in &mut world.facts.dependencies {
        dependency.span.start += 100;
        dependency.span.end += 100;
    }
    assert_eq!(fingerprints(&world), before);
    world.dependency(again).written = world.facts.names.intern("Pool");
    assert_ne!(fingerprints(&world), before);
}

#[test]
fn a_file_mounted_twice_is_told_of_once() {
    let mut world = World::new(&["shop"]);
    let first = world.uses("shop::domain::a", "shop::infra::Pool");
    let second = world.uses("shop::domain::b", "shop::infra::Pool");
    for id in [first, second] {
        world.dependency(id).file = FileId::FIRST;
        world.dependency(id).span = crate::facts::Span { start: 3, end: 9 };
    }
    let report = world.check(POLICY);
    assert_eq!(report.findings.len(), 1);
    assert_eq!(report.findings[0].secondary, []);
}
