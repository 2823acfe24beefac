//! Workflow commands of GitHub Actions, which become annotations in the diff of a pull
//! request.
//!
//! GitHub shows at most ten errors, ten warnings and ten notices per step, and takes
//! columns only where a finding begins and ends on one line. The format is documented
//! at <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use std::fmt::Write;

use layers_rules::finding::{Finding, Severity};

use super::Sources;

/// The report: one command per finding. GitHub wants paths relative to the root of the
/// repository, so `prefix` is put before each: empty, or the way from there to the
/// workspace with a slash at its end.
#[must_use]
pub fn render(findings: &[Finding], sources: &Sources, prefix: &str) -> String {
    let mut text = String::new();
    for finding in findings {
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
        let _ =
            writeln!(text, ",title={}::{}", property(&finding.rule), data(&body(finding, sources)));
    }
    text
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warn => "warning",
        Severity::Note => "notice",
    }
}

/// The text of an annotation: the message, what the label says, the chain, why, and what
/// to do.
fn body(finding: &Finding, sources: &Sources) -> String {
    let mut body = finding.message.clone();
    if !finding.primary.text.is_empty() {
        let _ = write!(body, "\n{}", finding.primary.text);
    }
    for step in &finding.chain {
        let line = sources.range(&step.location).start.line;
        let _ = write!(body, "\nvia {}:{line}: {} → {}", step.location.file, step.from, step.to);
    }
    for label in &finding.secondary {
        let line = sources.range(&label.location).start.line;
        let _ = write!(body, "\nsee {}:{line}: {}", label.location.file, label.text);
    }
    if let Some(because) = &finding.because {
        let _ = write!(body, "\nbecause: {because}");
    }
    if let Some(fix) = &finding.fix {
        let _ = write!(body, "\nfix: {fix}");
    }
    if let Some(docs) = &finding.docs {
        let _ = write!(body, "\ndocs: {docs}");
    }
    body
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
}
