//! Markdown as GitHub and GitLab render it, for the summary of a CI step or a comment on a
//! pull request.
//!
//! Findings stand under their rule, with why it exists and what to do; where each finding
//! leads is folded away. The text is never longer than a comment may be: what does not fit
//! is counted.

mod escape;

use std::fmt::Write;

use layers_rules::finding::{Finding, Location, Severity, Step};

use super::{Links, Sources, Summary, address};
use escape::{code, fence, prose};

/// How long a report is at most, in bytes. GitHub takes comments of 65,536 characters and
/// summaries of 1 MiB; the rest is for a line or two that whoever posts it may add.
pub const LONGEST: usize = 65_000;

/// Space that is kept for saying what was left out, in bytes.
const RESERVED: usize = 400;

/// Lines of source code are cut after so many characters.
const LINE_WIDTH: usize = 160;

/// The report, without the time the run took, so that it changes only when what it says
/// does.
#[must_use]
pub fn render(findings: &[Finding], summary: &Summary, sources: &Sources, links: &Links) -> String {
    within(LONGEST, findings, summary, sources, links)
}

fn within(
    longest: usize,
    findings: &[Finding],
    summary: &Summary,
    sources: &Sources,
    links: &Links,
) -> String {
    let writer = Writer { sources, links };
    let mut text = format!("## Architecture: {}\n\n", verdict(findings));
    let mut end = format!("<sub>{}</sub>\n", prose(&summary.figures()));
    if let Some(advice) = summary.advice() {
        end = format!("{}\n\n{end}", prose(&advice));
    }
    let room = longest.saturating_sub(end.len() + RESERVED);
    let mut shown = 0;
    'groups: for group in groups(findings) {
        let title = heading(&group);
        for (index, finding) in group.iter().enumerate() {
            let heading = if index == 0 { title.as_str() } else { "" };
            let entry = writer.finding(finding);
            if text.len() + heading.len() + entry.len() > room {
                break 'groups;
            }
            text.push_str(heading);
            text.push_str(&entry);
            shown += 1;
        }
        text.push('\n');
    }
    if shown < findings.len() {
        let _ = writeln!(
            text,
            "\n**{} of {} findings do not fit in here.** `cargo layers check` shows all of them.\n",
            findings.len() - shown,
            findings.len(),
        );
    }
    text + &end
}

/// How many findings there are of each severity.
fn verdict(findings: &[Finding]) -> String {
    let count = |severity: Severity| {
        let number = findings.iter().filter(|finding| finding.severity == severity).count();
        let plural = if number == 1 { "" } else { "s" };
        (number > 0).then(|| format!("{number} {severity}{plural}"))
    };
    let counts: Vec<String> =
        [Severity::Error, Severity::Warn, Severity::Note].into_iter().filter_map(count).collect();
    if counts.is_empty() { "nothing found".to_owned() } else { counts.join(", ") }
}

/// Findings that agree in rule, reason and remedy, the worst first.
fn groups(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let are_alike = |a: &Finding, b: &Finding| {
        (a.severity, &a.rule, &a.because, &a.fix) == (b.severity, &b.rule, &b.because, &b.fix)
    };
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|group| are_alike(group[0], finding)) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups.sort_by(|a, b| b[0].severity.cmp(&a[0].severity).then(a[0].rule.cmp(&b[0].rule)));
    groups
}

/// The rule of a group, why it exists, and what to do.
fn heading(group: &[&Finding]) -> String {
    let first = group[0];
    let count = match group.len() {
        1 => first.severity.to_string(),
        more => format!("{more} {}s", first.severity),
    };
    let mut text = format!("### {} · {count}\n\n", code(&first.rule));
    for (word, note) in [("Why", &first.because), ("Fix", &first.fix)] {
        if let Some(note) = note {
            let _ = writeln!(text, "**{word}:** {}\n", prose(note.trim()));
        }
    }
    if let Some(docs) = &first.docs {
        let _ = writeln!(text, "**Docs:** {}\n", prose(docs));
    }
    text
}

struct Writer<'a> {
    sources: &'a Sources,
    links: &'a Links,
}

impl Writer<'_> {
    fn finding(&self, finding: &Finding) -> String {
        let mut text =
            format!("- {}<br>{}\n", self.place(&finding.primary.location), prose(&finding.message));
        let folded = self.folded(finding);
        if !folded.is_empty() {
            let title = match finding.chain.len() {
                0 => "source".to_owned(),
                1 => "source and chain, 1 hop".to_owned(),
                hops => format!("source and chain, {hops} hops"),
            };
            let _ =
                write!(text, "  <details><summary>{title}</summary>\n\n{folded}\n  </details>\n");
        }
        text
    }

    /// The line of source code, what it resolves to, the chain, and other places; each line
    /// indented, since it belongs to an entry of a list.
    fn folded(&self, finding: &Finding) -> String {
        let mut text = String::new();
        if let Some(line) = self.line(&finding.primary.location) {
            text.push_str(&fence("rust", &line, "  "));
        }
        if !finding.primary.text.is_empty() {
            let _ = writeln!(text, "\n  {}", prose(&finding.primary.text));
        }
        if !finding.chain.is_empty() || !finding.secondary.is_empty() {
            text.push('\n');
        }
        for step in &finding.chain {
            text.push_str(&self.step(step));
        }
        for label in &finding.secondary {
            let _ = write!(text, "  - see {}", self.place(&label.location));
            if !label.text.is_empty() {
                let _ = write!(text, ": {}", prose(&label.text));
            }
            text.push('\n');
        }
        text
    }

    fn step(&self, step: &Step) -> String {
        let words = match self.line(&step.location) {
            Some(line) => code(&line),
            None => format!("{} → {}", code(&step.from), code(&step.to)),
        };
        format!("  - via {}: {words}\n", self.place(&step.location))
    }

    /// `file:line`, with a link to it where files have addresses.
    fn place(&self, location: &Location) -> String {
        let line =
            self.sources.get(&location.file).map(|_| self.sources.range(location).start.line);
        let shown = match line {
            Some(line) => code(&format!("{}:{line}", location.file)),
            None => code(&location.file),
        };
        match &self.links.files {
            Some(files) => {
                let path = address::relative(&format!("{}{}", self.links.prefix, location.file));
                let line = line.map(|line| format!("#L{line}")).unwrap_or_default();
                format!("[{shown}]({files}{path}{line})")
            }
            None => shown,
        }
    }

    /// The first line of a location, without what surrounds it.
    fn line(&self, location: &Location) -> Option<String> {
        let source = self.sources.get(&location.file)?;
        let line = source.line(source.line_index(source.clamp(location.span).start)).trim();
        let cut = line.char_indices().nth(LINE_WIDTH);
        let line = cut.map_or(line.to_owned(), |(end, _)| format!("{}…", &line[..end]));
        Some(line).filter(|line| !line.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn links() -> Links {
        Links {
            files: Some("https://example.org/shop/blob/0123abc/".to_owned()),
            prefix: "back end/".to_owned(),
        }
    }

    #[test]
    fn the_whole_report() {
        let (findings, sources, summary) = samples::run();
        insta::assert_snapshot!(render(&findings, &summary, &sources, &links()));
    }

    #[test]
    fn a_clean_run_says_so() {
        let (_, sources, mut summary) = samples::run();
        summary.baseline.fixed = 0;
        let text = render(&[], &summary, &sources, &Links::default());
        insta::assert_snapshot!(text);
    }

    #[test]
    fn the_time_a_run_took_does_not_show() {
        let (findings, sources, mut summary) = samples::run();
        let before = render(&findings, &summary, &sources, &links());
        summary.elapsed *= 2;
        assert_eq!(render(&findings, &summary, &sources, &links()), before);
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let (findings, sources, summary) = samples::run();
        let many: Vec<Finding> = findings.iter().cycle().take(3000).cloned().collect();
        let text = render(&many, &summary, &sources, &links());
        assert!(text.len() <= LONGEST, "{}", text.len());
        assert!(text.len() > LONGEST - 2 * RESERVED - 1000, "{}", text.len());
        let shown = text.lines().filter(|line| line.starts_with("- [`")).count();
        assert!(
            text.contains(&format!("**{} of 3000 findings do not fit", 3000 - shown)),
            "{shown}"
        );
        assert!(text.trim_end().ends_with("</sub>"), "{text}");

        let none = within(0, &findings, &summary, &sources, &links());
        assert!(none.contains("**3 of 3 findings do not fit"), "{none}");
    }

    #[test]
    fn findings_stand_under_their_rule_and_errors_come_first() {
        let (mut findings, sources, summary) = samples::run();
        findings.rotate_left(1);
        findings.push(findings[0].clone());
        let text = render(&findings, &summary, &sources, &links());
        let headings: Vec<&str> = text.lines().filter(|line| line.starts_with("### ")).collect();
        assert_eq!(
            headings,
            [
                "### `domain-is-pure` · error",
                "### `unused-exception` · 2 warnings",
                "### `unreadable-file` · note"
            ]
        );
        assert!(text.starts_with("## Architecture: 1 error, 2 warnings, 1 note\n"), "{text}");
    }
}
