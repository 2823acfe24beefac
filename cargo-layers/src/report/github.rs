//! Workflow commands of GitHub Actions, which become annotations in the diff of a pull
//! request.
//!
//! GitHub takes columns only where a finding begins and ends on one line. It shows at most
//! ten errors, ten warnings and ten notices of one step, and fifty annotations of a job;
//! what goes beyond is dropped without a word, so the last of the ten says how many there
//! are besides. The format is documented at
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use std::fmt::Write;

use layers_rules::finding::{Finding, Severity};

use super::{Sources, prose};

/// How many annotations of one severity GitHub shows for a step.
const MOST: usize = 10;

/// The report: one command per finding, as far as GitHub shows them. GitHub wants paths
/// relative to the root of the repository, so `prefix` is put before each: empty, or the
/// way from there to the workspace with a slash at its end.
#[must_use]
pub fn render(findings: &[Finding], sources: &Sources, prefix: &str) -> String {
    let mut text = String::new();
    for severity in [Severity::Error, Severity::Warn, Severity::Note] {
        let alike: Vec<&Finding> =
            findings.iter().filter(|finding| finding.severity == severity).collect();
        let shown = if alike.len() > MOST { MOST - 1 } else { alike.len() };
        for finding in &alike[..shown] {
            annotation(&mut text, finding, sources, prefix);
        }
        let rest = alike.len() - shown;
        if rest > 0 {
            let _ = writeln!(
                text,
                "::{} title=cargo layers::{}",
                command(severity),
                data(&format!(
                    "{rest} more {severity}s: GitHub shows {MOST} of a step, the log shows all of them"
                )),
            );
        }
    }
    text
}

fn annotation(text: &mut String, finding: &Finding, sources: &Sources, prefix: &str) {
    let range = sources.range(&finding.primary.location);
    let _ = write!(
        text,
        "::{} file={},line={},endLine={}",
        command(finding.severity),
        property(&format!("{prefix}{}", finding.primary.location.file)),
        range.start.line,
        range.end.line,
    );
    if range.start.line == range.end.line {
        let _ = write!(text, ",col={},endColumn={}", range.start.column, range.end.column);
    }
    let body = prose::whole(finding, sources);
    let _ = writeln!(text, ",title={}::{}", property(&finding.rule), data(&body));
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Note => "notice",
    }
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a command's property, which a colon or a comma would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use layers_rules::facts::Span;

    use super::super::samples;
    use super::*;

    #[test]
    fn one_command_each() {
        let (findings, sources, _) = samples::run();
        insta::assert_snapshot!(render(&findings, &sources, ""));
    }

    #[test]
    fn paths_begin_at_the_repository() {
        let (findings, sources, _) = samples::run();
        let text = render(&findings[..1], &sources, "backend/");
        assert!(text.starts_with("::error file=backend/crates/"), "{text}");
    }

    #[test]
    fn nothing_in_a_finding_ends_a_command_or_starts_another() {
        let (mut findings, sources, _) = samples::run();
        let finding = &mut findings[0];
        finding.rule = "a,line=9::b".to_owned();
        finding.primary.location.file = "100%,a:b.rs".to_owned();
        finding.message = "50 %\r\n::stop-commands::x".to_owned();
        let text = render(&findings[..1], &sources, "");
        assert_eq!(text.lines().count(), 1, "{text}");
        assert!(text.contains("file=100%25%2Ca%3Ab.rs,line="), "{text}");
        assert!(text.contains("title=a%2Cline=9%3A%3Ab::50 %25%0D%0A::stop"), "{text}");
    }

    #[test]
    fn what_github_would_drop_is_counted() {
        let of = |severity, count: usize| {
            let finding = Finding { severity, ..samples::bare("a.rs", Span::default()) };
            vec![finding; count]
        };
        let shown = |findings: &[Finding]| render(findings, &Sources::default(), "");
        let ten = shown(&of(Severity::Error, MOST));
        assert_eq!((ten.lines().count(), ten.contains("more errors")), (MOST, false));

        let findings = [of(Severity::Error, 12), of(Severity::Warn, 1), of(Severity::Note, 400)];
        let text = shown(&findings.concat());
        let count = |command: &str| text.lines().filter(|line| line.starts_with(command)).count();
        assert_eq!((count("::error "), count("::warning "), count("::notice ")), (10, 1, 10));
        assert!(text.contains("\n::error title=cargo layers::3 more errors: "), "{text}");
        assert!(text.contains("\n::notice title=cargo layers::391 more notes: "), "{text}");
    }
}
