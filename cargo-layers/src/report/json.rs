//! Everything known of each finding as JSON, for programs. `docs/json.md` describes it.

use layers_rules::finding::{Finding, Label, Location, Severity, Step};
use serde::Serialize;

use super::sources::Position;
use super::{Sources, Summary};

/// Version of the format. It grows when a reader of the version before would no longer
/// understand what it reads; a new field is no such change.
pub const VERSION: u32 = 1;

#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    findings: Vec<FindingEntry<'a>>,
    summary: SummaryEntry<'a>,
}

#[derive(Serialize)]
struct FindingEntry<'a> {
    rule: &'a str,
    severity: Severity,
    message: &'a str,
    primary: LabelEntry<'a>,
    secondary: Vec<LabelEntry<'a>>,
    chain: Vec<StepEntry<'a>>,
    because: Option<&'a str>,
    fix: Option<&'a str>,
    docs: Option<&'a str>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct LabelEntry<'a> {
    #[serde(flatten)]
    location: LocationEntry<'a>,
    text: &'a str,
}

#[derive(Serialize)]
struct StepEntry<'a> {
    #[serde(flatten)]
    location: LocationEntry<'a>,
    from: &'a str,
    to: &'a str,
    how: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    detail: &'a str,
}

#[derive(Serialize)]
struct LocationEntry<'a> {
    file: &'a str,
    start: PositionEntry,
    end: PositionEntry,
}

#[derive(Serialize)]
struct PositionEntry {
    line: u32,
    column: u32,
    offset: u32,
}

#[derive(Serialize)]
struct SummaryEntry<'a> {
    findings: FindingCounts,
    rules: RuleCounts<'a>,
    modules: ModuleCounts,
    excepted: ExceptedCounts,
    baseline: BaselineCounts,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<SinceEntry<'a>>,
    paths: PathCounts,
}

#[derive(Serialize)]
struct SinceEntry<'a> {
    revision: &'a str,
    commit: &'a str,
    left_out: usize,
}

#[derive(Serialize)]
struct FindingCounts {
    error: usize,
    warn: usize,
    note: usize,
}

#[derive(Serialize)]
struct RuleCounts<'a> {
    kept: usize,
    broken: usize,
    noted: usize,
    checked: Vec<RuleEntry<'a>>,
}

#[derive(Serialize)]
struct RuleEntry<'a> {
    id: &'a str,
    severity: Severity,
    findings: usize,
}

#[derive(Serialize)]
struct ModuleCounts {
    governed: usize,
    ungoverned: usize,
}

#[derive(Serialize)]
struct ExceptedCounts {
    config: usize,
    inline: usize,
    baseline: usize,
}

#[derive(Serialize)]
struct BaselineCounts {
    fixed: usize,
    moved: usize,
}

#[derive(Serialize)]
struct PathCounts {
    seen: u64,
    resolved: u64,
    external: u64,
    opaque: u64,
    unresolved: u64,
}

/// The report, indented, with a line break at its end.
///
/// # Panics
///
/// Never: text and numbers can always be written as JSON.
#[must_use]
pub fn render(findings: &[Finding], summary: &Summary, sources: &Sources) -> String {
    let document = Document {
        version: VERSION,
        findings: findings.iter().map(|finding| finding_entry(finding, sources)).collect(),
        summary: summary_entry(findings, summary),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("text and numbers");
    text.push('\n');
    text
}

fn finding_entry<'a>(finding: &'a Finding, sources: &Sources) -> FindingEntry<'a> {
    FindingEntry {
        rule: &finding.rule,
        severity: finding.severity,
        message: &finding.message,
        primary: label_entry(&finding.primary, sources),
        secondary: finding.secondary.iter().map(|label| label_entry(label, sources)).collect(),
        chain: finding.chain.iter().map(|step| step_entry(step, sources)).collect(),
        because: finding.because.as_deref(),
        fix: finding.fix.as_deref(),
        docs: finding.docs.as_deref(),
        fingerprint: &finding.fingerprint,
    }
}

fn label_entry<'a>(label: &'a Label, sources: &Sources) -> LabelEntry<'a> {
    LabelEntry { location: location_entry(&label.location, sources), text: &label.text }
}

fn step_entry<'a>(step: &'a Step, sources: &Sources) -> StepEntry<'a> {
    StepEntry {
        location: location_entry(&step.location, sources),
        from: &step.from,
        to: &step.to,
        how: &step.how,
        detail: &step.detail,
    }
}

fn location_entry<'a>(location: &'a Location, sources: &Sources) -> LocationEntry<'a> {
    let range = sources.range(location);
    let entry = |position: Position, offset: u32| PositionEntry {
        line: position.line,
        column: position.column,
        offset,
    };
    LocationEntry {
        file: &location.file,
        start: entry(range.start, location.span.start),
        end: entry(range.end, location.span.end),
    }
}

fn summary_entry<'a>(findings: &[Finding], summary: &'a Summary) -> SummaryEntry<'a> {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    SummaryEntry {
        findings: FindingCounts {
            error: count(Severity::Error),
            warn: count(Severity::Warn),
            note: count(Severity::Note),
        },
        rules: RuleCounts {
            kept: summary.kept(),
            broken: summary.broken(),
            noted: summary.noted(),
            checked: summary
                .rules
                .iter()
                .map(|rule| RuleEntry {
                    id: &rule.id,
                    severity: rule.severity,
                    findings: rule.findings,
                })
                .collect(),
        },
        modules: ModuleCounts {
            governed: summary.governed_modules,
            ungoverned: summary.ungoverned_modules,
        },
        excepted: ExceptedCounts {
            config: summary.excepted.config,
            inline: summary.excepted.inline,
            baseline: summary.excepted.baseline,
        },
        baseline: BaselineCounts { fixed: summary.baseline.fixed, moved: summary.baseline.moved },
        since: summary.since.as_ref().map(|since| SinceEntry {
            revision: &since.revision,
            commit: &since.commit,
            left_out: since.left_out,
        }),
        paths: PathCounts {
            seen: summary.paths.seen,
            resolved: summary.paths.resolved,
            external: summary.paths.external,
            opaque: summary.paths.opaque,
            unresolved: summary.paths.unresolved,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn every_field_is_there() {
        let (findings, sources, summary) = samples::run();
        insta::assert_snapshot!(render(&findings, &summary, &sources));
    }

    #[test]
    fn the_time_a_run_took_does_not_show() {
        let (findings, sources, mut summary) = samples::run();
        let before = render(&findings, &summary, &sources);
        summary.elapsed *= 2;
        assert_eq!(render(&findings, &summary, &sources), before);
    }
}
