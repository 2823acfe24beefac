//! What was found.

use std::fmt;

use layers_rules::check::{self, RuleOutcome, is_recordable};
use layers_rules::exceptions::baseline::{BaselineEntry, Changes, update};
use layers_rules::finding::{Finding, Severity};
use layers_rules::policy::Policy;

use super::workspace::Judged;
use super::{Error, Workspace};
use crate::baseline::Baseline;
use crate::report::cargo::{self, Member};
use crate::report::human::Style;
use crate::report::{self, Format, Links, Outcome, Sources, Summary};

/// What rules have found, once exceptions have taken away what they cover.
#[derive(Clone, Debug)]
pub struct Report {
    findings: Vec<Finding>,
    summary: Summary,
    sources: Sources,
    policy: Policy,
    members: Vec<Member>,
    links: Links,
    baseline: Baseline,
    /// The entries that the baseline has once this is recorded, and how that changes it.
    recorded: (Vec<BaselineEntry>, Changes),
}

impl Report {
    pub(super) fn new(workspace: &Workspace, judged: Judged<'_>) -> Self {
        let Judged { policy, mut report, entries, is_complete: is_judged, elapsed, refused } =
            judged;
        let facts = &workspace.facts;
        let recorded = record(workspace, &report, policy, is_judged);
        report.subtract(facts, policy, &entries, is_judged);
        report.rules.extend(refused.iter().map(|finding| RuleOutcome {
            id: finding.rule.clone(),
            severity: finding.severity,
            findings: 1,
        }));
        report.findings.extend(refused);
        let mut findings = report.findings.clone();
        report::sort(&mut findings);
        let mut sources =
            Sources::read(&workspace.packages.root, &workspace.packages.boundary, &findings);
        sources.insert_config(&workspace.config);
        sources.insert_files(workspace.baseline.file.clone());
        for (path, text) in &workspace.sources {
            sources.insert(path.clone(), text.clone());
        }
        let summary = Summary::new(&report, facts, elapsed);
        Self {
            findings,
            summary,
            sources,
            policy: policy.clone(),
            members: cargo::members(&workspace.packages),
            links: Links::of_ci(&workspace.packages.root),
            baseline: workspace.baseline.clone(),
            recorded,
        }
    }

    /// The findings, sorted by place.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How the rules fared, and what was seen of the workspace.
    #[must_use]
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Whether no finding is an error. Warnings and notes fail nothing.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.iter().all(|finding| finding.severity != Severity::Error)
    }

    /// Fails a test, with everything there is to say of each finding, unless the report
    /// [is clean](Self::is_clean).
    ///
    /// # Panics
    ///
    /// When a finding is an error.
    #[track_caller]
    pub fn assert_clean(&self) {
        assert!(self.is_clean(), "the architecture is broken\n\n{self}");
    }

    /// The id and the place of each finding, as in `services-are-stateless at
    /// crates/app/src/orders.rs:12`: what a test compares that demands findings.
    #[must_use]
    pub fn places(&self) -> Vec<String> {
        let place = |finding: &Finding| {
            let location = &finding.primary.location;
            let line = self.sources.range(location).start.line;
            format!("{} at {}:{line}", finding.rule, location.file)
        };
        self.findings.iter().map(place).collect()
    }

    /// The report as `cargo layers check --format …` gives it. Whatever shows one of the formats
    /// shows rules in Rust as well: code scanning, merge requests, test results, editors.
    ///
    /// Paths start at the root of the repository where GitHub Actions or GitLab CI says which one
    /// that is, in the formats that are for these.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        let outcome = Outcome {
            findings: &self.findings,
            summary: &self.summary,
            sources: &self.sources,
            policy: &self.policy,
            members: &self.members,
            links: &self.links,
        };
        format.render(&outcome, Style::Plain)
    }

    /// Writes what was found into the baseline, in place of what it holds of the same rules:
    /// from now on only what is new is found. Entries of other rules stay as they are.
    ///
    /// # Errors
    ///
    /// When the file cannot be written.
    pub fn record_baseline(&self) -> Result<Changes, Error> {
        let (entries, changes) = &self.recorded;
        self.baseline.write(&Baseline::text(entries))?;
        Ok(*changes)
    }
}

/// The report for people, as `cargo layers check` shows it: the line of source, the chain that
/// leads from there to what is meant, why, and what to do.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.render(Format::Human))
    }
}

/// The entries of a baseline that holds all of what was found.
fn record(
    workspace: &Workspace,
    report: &check::Report,
    policy: &Policy,
    is_judged: &dyn Fn(&str) -> bool,
) -> (Vec<BaselineEntry>, Changes) {
    let entries = &workspace.baseline.entries;
    let comparison = report.compare(&workspace.facts, entries);
    let new = comparison.entry_of.iter().zip(&report.findings);
    let new: Vec<&Finding> = new
        .filter(|(entry, finding)| entry.is_none() && is_recordable(finding))
        .map(|(_, finding)| finding)
        .collect();
    let is_of_judged = |entry: &BaselineEntry| is_judged(&entry.rule);
    let updated =
        update(entries, &report.findings, &comparison, &is_of_judged, &new, policy.today());
    (updated.entries, updated.changes)
}
