//! What was found.

use std::fmt;

use layers_rules::check::{self, RuleOutcome, is_recordable};
use layers_rules::exceptions::baseline::{BaselineEntry, Changes, update};
use layers_rules::finding::{Finding, Severity};
use layers_rules::policy::Policy;

use super::workspace::Judged;
use super::{Error, Workspace};
use crate::baseline::Baseline;
use crate::report::human::{self, Style};
use crate::report::{self, Sources, Summary};

/// What rules have found, once exceptions have taken away what they cover.
#[derive(Clone, Debug)]
pub struct Report {
    findings: Vec<Finding>,
    summary: Summary,
    sources: Sources,
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
        Self { findings, summary, sources, baseline: workspace.baseline.clone(), recorded }
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

    /// The report for people, as `cargo layers check` shows it: the line of source, the chain
    /// that leads from there to what is meant, why, and what to do.
    #[must_use]
    pub fn human(&self) -> String {
        human::render(&self.findings, &self.summary, &self.sources, Style::Plain)
    }

    /// One line for each finding: place, severity, rule, message.
    #[must_use]
    pub fn short(&self) -> String {
        report::short::render(&self.findings, &self.sources)
    }

    /// Everything known of each finding, for programs, as `--format json` gives it.
    #[must_use]
    pub fn json(&self) -> String {
        report::json::render(&self.findings, &self.summary, &self.sources)
    }

    /// Workflow commands, which GitHub Actions shows as annotations. `prefix` leads from the
    /// root of the repository to the workspace, with a slash at its end; it is empty where they
    /// are the same.
    #[must_use]
    pub fn github(&self, prefix: &str) -> String {
        report::github::render(&self.findings, &self.sources, prefix)
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

/// The report for people.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.human())
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
