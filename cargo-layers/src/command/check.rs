//! `check`: the gate.

use std::collections::BTreeSet;

use clap::Args;
use layers_rules::check::{Report, Selection, check_with, has_judged};
use layers_rules::drift::recorded;
use layers_rules::facts::{Facts, PackageId};
use layers_rules::finding::Severity;

use super::conditions::ConditionArgs;
use super::error::CommandError;
use super::exit::Exit;
use super::formats::FormatArgs;
use super::judging::issues;
use super::past::{Earlier, Today};
use super::stages::Stages;
use super::{BaselineArgs, PolicyArgs, RuleArgs, terminal};
use crate::analysis::{Analysis, analyze_for, supply};
use crate::config::{self, Config};
use crate::report::{self, Links, Outcome, Since, Sources, Summary, cargo};
use crate::source::Overlay;
use crate::workspace::Workspace;

/// What to check, and how to show what is found.
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    policy: PolicyArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    /// Show what the baseline passes over as well
    #[arg(long, conflicts_with = "baseline")]
    no_baseline: bool,

    #[command(flatten)]
    formats: FormatArgs,

    #[command(flatten)]
    rules: RuleArgs,

    /// Show only what is found in this package; may be given several times
    #[arg(short, long = "package", value_name = "NAME")]
    packages: Vec<String>,

    /// Show only what is new since this branch, tag or commit: what was there already where
    /// the workspace departed from it is left out, and counted
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,

    /// Count every path that could not be resolved as a violation
    #[arg(long)]
    deny_unresolved: bool,

    /// Show on standard error how long each stage took
    #[arg(long)]
    timings: bool,

    #[command(flatten)]
    conditions: ConditionArgs,
}

pub(super) fn run(arguments: &CheckArgs) -> Result<Exit, CommandError> {
    let mut stages = Stages::new();
    stages.begin("reading Cargo.toml");
    let workspace = arguments.policy.workspace()?;
    stages.begin("reading the rules");
    let config = arguments.policy.config(&workspace)?;
    let baseline =
        if arguments.no_baseline { None } else { Some(arguments.baseline.existing(&workspace)?) };
    let configuration = arguments.conditions.configuration(&workspace)?;
    let partial = !configuration.is_open();
    let selection = Selection { partial, ..selection(arguments, &workspace, &config)? };

    stages.begin("reading source code");
    let needs = config.policy.needs();
    let Analysis { mut facts, issues: found } = analyze_for(&workspace, &configuration, needs);
    let questions = config.policy.questions();
    if !facts.gathered.covers(needs) || !questions.is_empty() {
        stages.begin("reading what the rules ask for besides");
        supply(&mut facts, &workspace, &Overlay::default(), needs, &config.policy, &questions)?;
    }

    stages.begin("judging");
    let issues = issues(&facts, found, arguments.deny_unresolved);
    let looked_for = issues.looked_for.clone();
    let mut report = check_with(&facts, &config.policy, &selection, issues)
        .map_err(|problems| config::problems(&config, problems))?;
    let older = match &arguments.changed_since {
        Some(revision) => {
            stages.begin("judging what there was before");
            Some(older(arguments, &workspace, &config, &selection, (&facts, &report), revision)?)
        }
        None => None,
    };
    if let Some(baseline) = &baseline {
        let is_whole = selection.packages.is_empty() && !selection.partial;
        let is_judged = |rule: &str| {
            let is_selected = selection.has_rule(rule) || config.policy.rule(rule).is_none();
            is_whole && is_selected && has_judged(&config.policy, &looked_for, rule)
        };
        report.subtract(&facts, &config.policy, &baseline.entries, &is_judged);
    }
    let since = older.map(|(mut since, fingerprints)| {
        since.left_out = report.leave_out(&|finding| fingerprints.contains(&finding.fingerprint));
        since
    });
    let mut findings = report.findings.clone();
    report::sort(&mut findings);

    stages.begin("reporting");
    let mut sources = Sources::read(&workspace.root, &workspace.boundary, &findings);
    sources.insert_config(&config);
    sources.insert_files(baseline.and_then(|baseline| baseline.file));
    let summary = Summary { since, ..Summary::new(&report, &facts, stages.elapsed()) };
    let outcome = Outcome {
        findings: &findings,
        summary: &summary,
        sources: &sources,
        policy: &config.policy,
        members: &cargo::members(&workspace),
        links: &Links::of_ci(&workspace.root),
    };
    arguments.formats.write_files(&outcome)?;
    let text = arguments.formats.output(&outcome);
    let timings = stages.finish();

    terminal::write_output(&text)?;
    if arguments.timings {
        terminal::write_aside(&timings);
    }
    let broken = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if broken { Exit::Violations } else { Exit::Clean })
}

/// What of `report` was there already before the workspace departed from `revision`, by
/// fingerprint: what today's rules find in the code of then.
fn older(
    arguments: &CheckArgs,
    workspace: &Workspace,
    config: &Config,
    selection: &Selection,
    (facts, report): (&Facts, &Report),
    revision: &str,
) -> Result<(Since, BTreeSet<String>), CommandError> {
    let earlier = Earlier::open(workspace, revision)?;
    // Packages may have had other numbers, and what is found in others does no harm.
    let selection = Selection { packages: Vec::new(), ..selection.clone() };
    let deny_unresolved = arguments.deny_unresolved;
    let today = Today { workspace, config, selection: &selection, deny_unresolved };
    let (_, findings) = earlier.judge(&today, Some(&arguments.conditions))?;
    let comparison = report.compare(facts, &recorded(&findings));
    let known = report.findings.iter().zip(&comparison.entry_of);
    let known = known.filter(|(_, entry)| entry.is_some());
    let fingerprints = known.map(|(finding, _)| finding.fingerprint.clone()).collect();
    let commit = earlier.past.commit;
    Ok((Since { revision: revision.to_owned(), commit, left_out: 0 }, fingerprints))
}

/// The rules and packages that are asked for, each of which must exist.
fn selection(
    arguments: &CheckArgs,
    workspace: &Workspace,
    config: &Config,
) -> Result<Selection, CommandError> {
    let rules = arguments.rules.known_ids(&config.policy)?;
    let packages = arguments
        .packages
        .iter()
        .map(|name| package(name, workspace))
        .collect::<Result<_, CommandError>>()?;
    Ok(Selection { rules, packages, partial: false })
}

/// The package of this name; hyphens and underscores are the same.
fn package(name: &str, workspace: &Workspace) -> Result<PackageId, CommandError> {
    let wanted = name.replace('_', "-");
    workspace
        .packages
        .iter()
        .position(|package| package.name.replace('_', "-") == wanted)
        .map(PackageId::new)
        .ok_or_else(|| CommandError::unknown_package(name, workspace))
}
