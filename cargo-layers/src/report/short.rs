//! One line per finding, in the shape that rustc and many editors know:
//! `file:line:column: error[rule]: message`.

use std::fmt::Write;

use layers_rules::finding::Finding;

use super::Sources;
use super::sources::printable;

/// The report: nothing but the lines of the findings.
#[must_use]
pub fn render(findings: &[Finding], sources: &Sources) -> String {
    let mut text = String::new();
    for finding in findings {
        let start = sources.range(&finding.primary.location).start;
        let _ = writeln!(
            text,
            "{}:{}:{}: {}[{}]: {}",
            printable(&finding.primary.location.file),
            start.line,
            start.column,
            finding.severity,
            finding.rule,
            one_line(&finding.message),
        );
    }
    text
}

/// `text` with a space in place of each line break.
pub(super) fn one_line(text: &str) -> String {
    let lines: Vec<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(printable).collect();
    lines.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn one_line_each() {
        let (findings, sources, _) = samples::run();
        insta::assert_snapshot!(render(&findings, &sources));
    }

    #[test]
    fn a_message_of_several_lines_stays_one_line() {
        assert_eq!(one_line("one\r\n  two\n\nthree\u{1b}[0m"), "one two three?[0m");
    }

    #[test]
    fn no_finding_no_line() {
        assert_eq!(render(&[], &Sources::default()), "");
    }
}
