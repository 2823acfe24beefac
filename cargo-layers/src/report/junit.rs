//! Test results in the XML of `JUnit`, which most CI servers show: a rule is a test, and fails
//! if it found something of severity error.

use std::fmt::Write;

use layers_rules::finding::{Finding, Severity};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::{RuleHelp, Sources, prose};

/// The report: one suite with a test for each of `rules`, and for every other id that a
/// finding has. What only warns does not fail; it stands in the output of its test.
///
/// # Panics
///
/// Never: a string can always be written to.
#[must_use]
pub fn render(findings: &[Finding], rules: &[RuleHelp], sources: &Sources) -> String {
    let mut suite = TestSuite::new("layers");
    for rule in rules {
        let of_rule: Vec<&Finding> =
            findings.iter().filter(|finding| finding.rule == rule.id).collect();
        suite.add_test_case(case(&rule.id, &of_rule, sources));
    }
    let mut report = Report::new("cargo layers");
    report.add_test_suite(suite);
    report.to_string().expect("a string can be written to")
}

fn case(id: &str, findings: &[&Finding], sources: &Sources) -> TestCase {
    let is_error = |finding: &&&Finding| finding.severity == Severity::Error;
    let errors: Vec<&Finding> = findings.iter().filter(is_error).copied().collect();
    let others: Vec<&Finding> =
        findings.iter().filter(|finding| !is_error(finding)).copied().collect();
    let mut status = TestCaseStatus::success();
    if let Some(first) = errors.first() {
        let message = match errors.len() {
            1 => first.message.clone(),
            more => format!("{more} violations, the first: {}", first.message),
        };
        status = TestCaseStatus::non_success(NonSuccessKind::Failure);
        status.set_message(message).set_type("error").set_description(texts(&errors, sources));
    }
    let mut case = TestCase::new(id, status);
    case.set_classname("layers");
    if !others.is_empty() {
        case.set_system_out(texts(&others, sources));
    }
    case
}

/// Findings with their places, an empty line between them.
fn texts(findings: &[&Finding], sources: &Sources) -> String {
    let mut text = String::new();
    for finding in findings {
        let gap = if text.is_empty() { "" } else { "\n\n" };
        let start = sources.range(&finding.primary.location).start;
        let _ = write!(
            text,
            "{gap}{}:{}:{}: {}: {}",
            finding.primary.location.file,
            start.line,
            start.column,
            finding.severity,
            prose::whole(finding, sources),
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn a_rule_is_a_test() {
        let (findings, sources, _) = samples::run();
        insta::assert_snapshot!(render(&findings, &samples::rules(), &sources));
    }

    #[test]
    fn nothing_in_a_finding_is_markup() {
        let (mut findings, sources, _) = samples::run();
        findings[0].message = "a <b> & \"c\" ]]> \u{1b}[31m \u{0}".to_owned();
        let text = render(&findings[..1], &samples::rules(), &sources);
        assert!(!text.contains("<b>"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{0}']), "{text:?}");
    }

    #[test]
    fn errors_of_a_rule_are_told_together() {
        let (findings, sources, _) = samples::run();
        let twice = [findings[0].clone(), findings[0].clone()];
        let text = render(&twice, &samples::rules(), &sources);
        assert!(text.contains("failures=\"1\""), "{text}");
        assert!(text.contains("message=\"2 violations, the first: "), "{text}");
    }
}
