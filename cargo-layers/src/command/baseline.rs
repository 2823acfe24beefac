//! `baseline`: records what breaks the rules today, so that the check fails for what is
//! new alone.

use std::collections::BTreeMap;
use std::fmt::Write;

use clap::Args;
use layers_rules::check::{Issue, is_recordable};
use layers_rules::exceptions::baseline::{Update, update};
use layers_rules::finding::Finding;

use super::error::CommandError;
use super::exit::Exit;
use super::judging::{Judged, judge};
use super::{BaselineArgs, PolicyArgs, terminal};
use crate::baseline::Baseline;
use crate::report::{self, Sources};

/// What to record, and whether to.
#[derive(Debug, Args)]
pub(super) struct RecordArgs {
    #[command(flatten)]
    policy: PolicyArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    new: NewArgs,

    /// Write nothing: say what would be written, and end with code 1 if that is anything
    #[arg(long)]
    check: bool,

    /// Record every path that could not be resolved as well
    #[arg(long)]
    deny_unresolved: bool,
}

/// What becomes of what is new.
#[derive(Debug, Args)]
struct NewArgs {
    /// Record what is new as well; without this, only the first run records anything
    #[arg(long)]
    allow_new: bool,

    /// Take away what is fixed, and leave what is new alone
    #[arg(long, conflicts_with = "allow_new")]
    prune: bool,
}

/// The exit codes as `--help` shows them.
pub(super) const HELP: &str = "\
Exit codes:
  0  the baseline is written, or needs no change
  1  there are new findings, which it takes --allow-new to record; with --check, it needs a change
  2  nothing could be recorded: bad arguments, a mistake in a file, no workspace";

pub(super) fn run(arguments: &RecordArgs) -> Result<Exit, CommandError> {
    let judged = judge(&arguments.policy, arguments.deny_unresolved)?;
    let baseline = arguments.baseline.read(&judged.workspace)?;
    let recording = Recording::new(arguments, &judged, &baseline);
    let text = Baseline::text(&recording.update.entries);
    let is_refused = recording.is_refused(arguments);
    let is_changed = !baseline.says(&text) && !recording.is_pointless(arguments);
    if is_changed && !is_refused && !arguments.check {
        baseline.write(&text)?;
    }
    terminal::write_output(&recording.told(arguments, &judged, is_changed))?;
    let fails = is_refused || (arguments.check && is_changed);
    Ok(if fails { Exit::Violations } else { Exit::Clean })
}

/// How the baseline compares with what was found.
struct Recording<'a> {
    /// What the file is called in messages.
    name: String,
    is_first: bool,
    /// What is not in the baseline, sorted.
    new: Vec<&'a Finding>,
    /// What can't be in any.
    refused: Vec<&'a Finding>,
    update: Update,
    /// Findings of rules that do not exist, which the baseline holds.
    orphaned: usize,
}

impl<'a> Recording<'a> {
    fn new(arguments: &RecordArgs, judged: &'a Judged, baseline: &Baseline) -> Self {
        let findings = &judged.report.findings;
        let comparison = judged.report.compare(&judged.facts, &baseline.entries);
        let is_first = baseline.file.is_none();
        let of_nothing = comparison.entry_of.iter().zip(findings);
        let of_nothing = of_nothing.filter(|(entry, _)| entry.is_none()).map(|(_, it)| it);
        let (new, refused): (Vec<_>, Vec<_>) =
            of_nothing.partition(|finding| is_recordable(finding));
        let adds = (is_first || arguments.new.allow_new) && !arguments.new.prune;
        let is_known = |rule: &str| {
            judged.config.policy.rule(rule).is_some()
                || Issue::ALL.iter().any(|issue| issue.id() == rule)
        };
        let orphaned = baseline.entries.iter().filter(|entry| !is_known(&entry.rule));
        let update = update(
            &baseline.entries,
            findings,
            &comparison,
            &|entry| judged.has_judged(&entry.rule) || !is_known(&entry.rule),
            if adds { &new } else { &[] },
            judged.config.policy.today(),
        );
        Self {
            name: baseline.name(&judged.workspace.root),
            is_first,
            orphaned: orphaned.map(|entry| entry.count).sum(),
            refused: refused.into_iter().filter(|it| is_error(it)).collect(),
            update,
            new,
        }
    }

    /// Whether there is something new that nobody has asked to record.
    fn is_refused(&self, arguments: &RecordArgs) -> bool {
        !self.is_first && !self.new.is_empty() && !arguments.new.allow_new && !arguments.new.prune
    }

    /// Whether there is no file, and no need for one.
    fn is_pointless(&self, arguments: &RecordArgs) -> bool {
        self.is_first && (arguments.new.prune || self.new.is_empty())
    }

    /// What there is to tell.
    fn told(&self, arguments: &RecordArgs, judged: &Judged, is_changed: bool) -> String {
        let (name, would) = (&self.name, if arguments.check { "would be " } else { "" });
        let mut text = String::new();
        if self.is_refused(arguments) {
            text += &lines(&self.new, judged);
            let findings = count(self.new.len(), "finding");
            let _ = writeln!(
                text,
                "{findings} not in {name}, which is left as it is: mend what is new, or record it with --allow-new"
            );
            return text;
        }
        if self.is_pointless(arguments) {
            let _ = writeln!(text, "nothing to record: there is no {name}, and no need for one");
        } else if self.is_first {
            let findings = count(self.new.len(), "finding");
            let _ = writeln!(text, "{findings} {would}recorded in {name}:");
            for (rule, findings) in self.by_rule() {
                let _ = writeln!(text, "{findings:>7}  {rule}");
            }
        } else {
            let _ = writeln!(text, "{name}: {}", self.changes(would, is_changed));
            if arguments.new.prune && !self.new.is_empty() {
                let findings = count(self.new.len(), "new finding");
                let _ = writeln!(text, "{findings} not in it");
            }
        }
        if !self.refused.is_empty() {
            let findings = count(self.refused.len(), "error");
            let _ = writeln!(text, "{findings} about the policy itself, which no baseline holds:");
            text += &lines(&self.refused, judged);
        }
        text
    }

    fn changes(&self, would: &str, is_changed: bool) -> String {
        let changes = self.update.changes;
        let fixed = changes.fixed - self.orphaned;
        let parts = [
            (changes.added, format!("{} {would}added", changes.added)),
            (fixed, format!("{fixed} fixed and {would}taken away")),
            (changes.moved, format!("{} moved and {would}followed", changes.moved)),
            (
                self.orphaned,
                format!("{} of rules that do not exist and {would}taken away", self.orphaned),
            ),
            (changes.kept, format!("{} kept", changes.kept)),
        ];
        let said: Vec<String> =
            parts.into_iter().filter(|(figure, _)| *figure > 0).map(|(_, text)| text).collect();
        let said = if said.is_empty() { "empty".to_owned() } else { said.join(", ") };
        match (is_changed, changes.is_none()) {
            (false, _) => format!("nothing to change ({said})"),
            (true, true) => format!("{would}put in order ({said})"),
            (true, false) => said,
        }
    }

    fn by_rule(&self) -> BTreeMap<&str, usize> {
        let mut rules = BTreeMap::new();
        for finding in &self.new {
            *rules.entry(finding.rule.as_str()).or_default() += 1;
        }
        rules
    }
}

fn is_error(finding: &Finding) -> bool {
    finding.severity == layers_rules::finding::Severity::Error
}

/// One line for each finding, as `--format short` shows them.
fn lines(findings: &[&Finding], judged: &Judged) -> String {
    let findings: Vec<Finding> = findings.iter().map(|finding| (*finding).clone()).collect();
    let workspace = &judged.workspace;
    let mut sources = Sources::read(&workspace.root, &workspace.boundary, &findings);
    sources.insert_config(&judged.config);
    report::short::render(&findings, &sources)
}

/// `1 finding`, `2 findings`.
fn count(figure: usize, noun: &str) -> String {
    if figure == 1 { format!("1 {noun}") } else { format!("{figure} {noun}s") }
}
