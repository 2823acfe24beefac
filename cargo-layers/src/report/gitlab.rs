//! A code quality report of GitLab, which shows findings in merge requests and beside the
//! changed lines.
//!
//! The format is documented at
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use layers_rules::finding::{Finding, Severity};
use serde::Serialize;

use super::{Sources, prose};

#[derive(Serialize)]
struct Entry<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

/// The report: a list with one entry for each finding, indented, with a line break at its
/// end. GitLab wants paths relative to the root of the repository, so `prefix` is put before
/// each: empty, or the way from there to the workspace with a slash at its end.
///
/// # Panics
///
/// Never: text and numbers can always be written as JSON.
#[must_use]
pub fn render(findings: &[Finding], sources: &Sources, prefix: &str) -> String {
    let entries: Vec<Entry> = findings
        .iter()
        .map(|finding| {
            let range = sources.range(&finding.primary.location);
            Entry {
                description: prose::headline(finding) + &prose::reasons(finding),
                check_name: &finding.rule,
                fingerprint: &finding.fingerprint,
                severity: severity(finding.severity),
                location: Location {
                    path: format!("{prefix}{}", finding.primary.location.file),
                    lines: Lines { begin: range.start.line, end: range.end.line },
                },
            }
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).expect("text and numbers");
    text.push('\n');
    text
}

/// GitLab's words are `info`, `minor`, `major`, `critical` and `blocker`.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warn => "minor",
        Severity::Note => "info",
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn one_entry_each() {
        let (findings, sources, _) = samples::run();
        insta::assert_snapshot!(render(&findings, &sources, "backend/"));
    }

    #[test]
    fn no_finding_is_an_empty_list() {
        assert_eq!(render(&[], &Sources::default(), ""), "[]\n");
    }
}
