//! What a rule says of itself, and how verdicts are joined.

use super::*;

struct Stateless;

impl Rule for Stateless {
    fn id(&self) -> &'static str {
        "services-are-stateless"
    }

    fn judge(&self, _: &Context<'_>) -> Verdict {
        Verdict::default()
    }
}

#[test]
fn id_and_judge_are_enough() {
    let rule: &dyn Rule = &Stateless;
    assert_eq!(rule.sentence(), "services are stateless");
    assert_eq!((rule.because(), rule.fix(), rule.severity()), (None, None, Severity::Error));
    assert_eq!(rule.type_path(), "layers_rules::rule::tests::Stateless");
    assert_eq!(format!("{rule:?}"), "Rule(services-are-stateless: services are stateless)");
    assert!(!rule.tests() && !rule.is_stand_in() && rule.operands().is_empty());
}

#[test]
fn a_function_is_a_rule() {
    let judge = |_: &Context<'_>| Verdict { idle: Some("nobody".to_owned()), ..Verdict::default() };
    let needs = Needs { bodies: true, ..Needs::default() };
    let rule = from_fn("a", judge).because("b").fix("c").severity(Severity::Warn).tests();
    let rule: &dyn Rule = &rule.needs(needs);
    assert_eq!((rule.id(), rule.because(), rule.fix()), ("a", Some("b"), Some("c")));
    assert_eq!((rule.severity(), rule.tests(), rule.needs()), (Severity::Warn, true, needs));
    assert_eq!(rule.type_path(), "layers_rules::rule::tests::a_function_is_a_rule::{{closure}}");
}

#[test]
fn joined_verdicts_lose_nothing() {
    let idle = |reason: &str| Verdict { idle: Some(reason.to_owned()), ..Verdict::default() };
    assert_eq!(idle("one").and(idle("two")).idle.as_deref(), Some("one, and two"));
    assert_eq!(idle("one").and(Verdict::default()).idle.as_deref(), Some("one"));
    assert_eq!(Verdict::default().and(idle("two")).idle.as_deref(), Some("two"));
    assert_eq!(Verdict::default().and(Verdict::default()).idle, None);
}
