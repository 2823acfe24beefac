//! Rules that are written in Rust, with and without an entry in the policy.

use crate::check::{Issues, Report, Selection, check, check_rules};
use crate::facts::ItemKind;
use crate::finding::{Finding, Location, Severity};
use crate::rule::{Rule, from_fn};
use crate::testing::World;

const POLICY: &str = r#"
    [layers]
    domain = "shop::domain"
    [rules.no-orders]
    rust     = "architecture::NoOrders"
    because  = "they are billing's"
    severity = "warn"
    [[rules.no-orders.except]]
    from   = "shop::domain::old"
    reason = "goes with the rewrite"
    [rules.pure]
    forbid = { from = "@domain", to = "std::fs" }
"#;

fn no_orders(id: &str) -> impl Rule {
    let judge = |context: &crate::context::Context<'_>| {
        let items = context.items().kind(ItemKind::Struct).within("@domain");
        items.must_not("be an order", |item| item.name() == "Order")
    };
    from_fn(id, judge).because("none").fix("remove it").severity(Severity::Note)
}

fn world() -> World {
    let mut world = World::new(&["shop", "architecture"]);
    world.thing("shop::domain::Order");
    world.thing("shop::domain::old::Order");
    world.thing("architecture::NoOrders");
    world.uses("shop::domain", "std::fs::read()");
    world
}

fn place(_: &dyn Rule) -> Location {
    Location { file: "tests/rules.rs".to_owned(), ..Location::default() }
}

fn judge(world: &World, policy: &str, rules: &[&dyn Rule]) -> Report {
    let policy = world.policy(policy).expect("a policy");
    let (policy, refused) = policy.with_rules(rules, &place);
    assert_eq!(refused, []);
    check_rules(&world.facts, &policy, rules, false, Issues::default()).expect("a report")
}

#[test]
fn the_policy_says_what_it_says_of_any_rule() {
    let report = judge(&world(), POLICY, &[&no_orders("no-orders")]);
    let [finding] = &report.findings[..] else { panic!("{:?}", report.findings) };
    assert_eq!(finding.message, "the struct `shop::domain::Order` (domain) must not be an order");
    assert_eq!(finding.severity, Severity::Warn);
    assert_eq!(finding.because.as_deref(), Some("they are billing's"));
    assert_eq!(finding.fix.as_deref(), Some("remove it"), "the policy says nothing of it");
    assert_eq!((report.excepted.config, report.rules.len()), (1, 1));
}

#[test]
fn a_rule_that_the_policy_does_not_know_is_judged_as_well() {
    let report = judge(&world(), POLICY, &[&no_orders("of-a-test")]);
    assert_eq!(report.findings.len(), 2, "there is no exception of it");
    let finding = &report.findings[0];
    assert_eq!((finding.severity, finding.because.as_deref()), (Severity::Note, Some("none")));
    assert_eq!(finding.fingerprint.len(), 16);
}

#[test]
fn a_rule_that_looks_at_nothing_is_told_of_where_it_stands() {
    for (policy, file) in [("", "tests/rules.rs"), (POLICY, "layers.toml")] {
        let report = judge(&World::new(&["architecture"]), policy, &[&no_orders("no-orders")]);
        let is_idle = |finding: &&Finding| finding.rule == "matches-nothing";
        let finding = report.findings.iter().find(is_idle).expect("it is told");
        assert_eq!(finding.primary.location.file, file);
        let begin = "the rule `no-orders` matches nothing: ";
        assert!(finding.message.starts_with(begin), "{finding:?}");
    }
}

#[test]
fn ids_are_taken_once() {
    let world = world();
    let policy = world.policy(POLICY).expect("a policy");
    let (pure, one, two) = (no_orders("pure"), no_orders("a"), no_orders("a"));
    let (policy, refused) = policy.with_rules(&[&pure, &one, &two], &place);
    let refused: Vec<(usize, &str)> =
        refused.iter().map(|(index, problem)| (*index, problem.message.as_str())).collect();
    let expected = [
        (0, "the policy has another rule of this id"),
        (2, "another rule in Rust has the same id"),
    ];
    assert_eq!(refused, expected);
    assert!(policy.rule("a").is_some());
}

#[test]
fn without_its_code_a_rule_is_not_judged_and_counted_apart() {
    let mut world = world();
    world.uses("architecture", "std::fs::read()");
    let report = world.check(POLICY);
    assert_eq!((report.left_to_rust, report.rules.len()), (1, 1));
    let broken: Vec<&str> = report.findings.iter().map(|it| it.rule.as_str()).collect();
    assert_eq!(broken, ["pure"]);
    let excepted = report.ledger.iter().map(|entry| entry.findings).collect::<Vec<_>>();
    assert_eq!(excepted, [None], "nobody knows whether it is needed");
    let selection = Selection { rules: vec!["no-orders".to_owned()], ..Selection::default() };
    let policy = world.policy(POLICY).expect("a policy");
    let problems = check(&world.facts, &policy, &selection).expect_err("it cannot be judged");
    assert_eq!(problems[0].message, "the rule `no-orders` is written in Rust, and not judged here");
    let renamed = POLICY.replace("::NoOrders", "::NoOrder");
    let report = world.check(&renamed);
    let broken: Vec<&str> = report.findings.iter().map(|it| it.message.as_str()).collect();
    assert!(
        broken
            .contains(&"`architecture::NoOrder` in `rust` of the rule `no-orders` matches nothing"),
        "{broken:?}"
    );
}
