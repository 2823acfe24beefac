//! Each branch of `deprecated`; today is 2026-11-22.

use crate::finding::Severity;
use crate::testing::World;

fn shop() -> World {
    let mut world = World::new(&["shop"]);
    world.uses("shop::orders", "shop::billing::v1::Bill");
    world.uses("shop::billing::v1::print", "shop::billing::v1::Bill");
    world
}

fn policy(until: &str) -> String {
    format!("[rules.old]\ndeprecated = {{ to = \"shop::billing::v1\", until = \"{until}\" }}\n")
}

#[test]
fn it_is_allowed_and_warned_of_until_the_day() {
    let report = shop().check(&policy("2027-03-01"));
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(
        finding.message,
        "`shop` uses `shop::billing::v1`, which is deprecated: 99 days are left until 2027-03-01"
    );
    assert_eq!(finding.severity, Severity::Warn);
    assert_eq!(finding.primary.location.file, "shop/orders.rs");
    assert_eq!(report.rules[0].severity, Severity::Warn);
    let tomorrow = shop().messages(&policy("2026-11-23"));
    assert!(tomorrow[0].ends_with("deprecated: 1 day is left until 2026-11-23"), "{tomorrow:?}");
}

#[test]
fn from_that_day_on_it_is_an_error() {
    for until in ["2026-11-22", "2026-11-21", "2020-02-29"] {
        let report = shop().check(&policy(until));
        let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
        assert_eq!(
            finding.message,
            format!(
                "`shop` must not use `shop::billing::v1` any more: it was deprecated until {until}"
            )
        );
        assert_eq!(finding.severity, Severity::Error);
        assert_eq!(report.rules[0].severity, Severity::Error);
    }
}

#[test]
fn a_severity_of_its_own_is_the_most_it_weighs() {
    let severity = |until: &str, level: &str| {
        let policy = format!("{}severity = \"{level}\"\n", policy(until));
        shop().check(&policy).findings.first().map(|finding| finding.severity)
    };
    assert_eq!(severity("2027-03-01", "error"), Some(Severity::Warn));
    assert_eq!(severity("2027-03-01", "note"), Some(Severity::Note));
    assert_eq!(severity("2026-01-01", "note"), Some(Severity::Note));
    assert_eq!(severity("2026-01-01", "warn"), Some(Severity::Warn));
    assert_eq!(severity("2026-01-01", "off"), None);
}

#[test]
fn the_passing_of_days_does_not_change_what_a_finding_is() {
    let fingerprint = |until: &str| shop().check(&policy(until)).findings[0].fingerprint.clone();
    assert_eq!(fingerprint("2027-03-01"), fingerprint("2027-02-01"));
    assert_eq!(fingerprint("2027-03-01"), fingerprint("2026-03-01"));
}

#[test]
fn from_limits_who_is_meant() {
    let mut world = shop();
    world.uses("shop::mail", "shop::billing::v1::Bill");
    let named = policy("2027-03-01").replace("{ to", "{ from = \"shop::mail\", to");
    let report = world.check(&named);
    let [finding] = report.findings.as_slice() else { panic!("{:?}", report.findings) };
    assert_eq!(finding.primary.location.file, "shop/mail.rs");
    assert_eq!(world.messages(&policy("2027-03-01")).len(), 2);
}

#[test]
fn what_is_deprecated_may_use_itself() {
    let all = policy("2027-03-01").replace("{ to", "{ from = \"shop\", to");
    assert_eq!(shop().messages(&all).len(), 1);
    let inside = policy("2027-03-01").replace("{ to", "{ from = \"shop::billing\", to");
    assert_eq!(shop().messages(&inside), Vec::<String>::new());
}

#[test]
fn a_rule_that_deprecates_what_uses_it_says_so() {
    let within = policy("2027-03-01").replace("{ to", "{ from = \"shop::billing::v1\", to");
    assert_eq!(
        shop().messages(&within),
        [
            "matches-nothing: the rule `old` matches nothing: everything in `to` is in `from` as well, so nothing is deprecated"
        ]
    );
}

#[test]
fn outside_crates_can_be_deprecated() {
    let mut world = shop();
    world.uses("shop::orders", "failure::Error");
    let policy = policy("2027-03-01").replace("shop::billing::v1", "failure");
    let [message] = &world.messages(&policy)[..] else { panic!("one finding") };
    assert!(message.starts_with("old: `shop` uses `failure`, which is deprecated"), "{message}");
}

#[test]
fn what_is_gone_is_told() {
    let gone = policy("2027-03-01").replace("v1", "v0");
    assert_eq!(
        shop().messages(&gone),
        ["matches-nothing: `shop::billing::v0` in `to` of the rule `old` matches nothing"]
    );
}

#[test]
fn the_sentence_names_the_day() {
    let sentence = |policy: &str| shop().policy(policy).expect("a policy").rules()[0].sentence();
    assert_eq!(
        sentence(&policy("2027-03-01")),
        "`shop::billing::v1` may not be used from 2027-03-01 on"
    );
    let named = policy("2027-03-01").replace("{ to", "{ from = [\"shop::a\", \"shop::b\"], to");
    assert_eq!(
        sentence(&named),
        "`shop::billing::v1` may not be used by `shop::a` and `shop::b` from 2027-03-01 on"
    );
}

#[test]
fn a_day_that_is_none_is_a_mistake() {
    let problems = shop().policy(&policy("2027-02-30")).expect_err("no such day");
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(problem.message, "`2027-02-30` is not a date");
    assert_eq!(problem.help.as_deref(), Some("write it as in \"2027-03-01\""));
    let span = problem.labels[0].location.span.range();
    assert_eq!(&policy("2027-02-30")[span], "\"2027-02-30\"");
}
