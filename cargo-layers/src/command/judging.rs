//! Judging the whole workspace, for commands that need to know all of its findings.

use layers_rules::check::{Issue, Issues, Report, Selection, check_with, has_judged};
use layers_rules::exceptions::baseline::BaselineEntry;
use layers_rules::facts::Facts;
use layers_rules::finding::Finding;

use super::error::CommandError;
use super::{PolicyArgs, unresolved};
use crate::analysis::{Analysis, analyze_for, supply};
use crate::config::{self, Config};
use crate::configuration::Configuration;
use crate::source::Overlay;
use crate::workspace::Workspace;

/// A workspace, its rules, and what they find in all of its code.
pub(super) struct Judged {
    pub(super) workspace: Workspace,
    pub(super) config: Config,
    pub(super) facts: Facts,
    pub(super) report: Report,
    looked_for: Vec<Issue>,
}

/// Judges all code by all rules; paths that could not be resolved are findings on request.
pub(super) fn judge(policy: &PolicyArgs, deny_unresolved: bool) -> Result<Judged, CommandError> {
    let workspace = policy.workspace()?;
    let config = policy.config(&workspace)?;
    judge_by(workspace, config, deny_unresolved)
}

/// Judges all code of a workspace by the rules of a policy that has been read.
pub(super) fn judge_by(
    workspace: Workspace,
    config: Config,
    deny_unresolved: bool,
) -> Result<Judged, CommandError> {
    let needs = config.policy.needs();
    let Analysis { mut facts, issues: found } =
        analyze_for(&workspace, &Configuration::default(), needs);
    let questions = config.policy.questions();
    supply(&mut facts, &workspace, &Overlay::default(), needs, &config.policy, &questions)?;
    let issues = issues(&facts, found, deny_unresolved);
    let looked_for = issues.looked_for.clone();
    let report = check_with(&facts, &config.policy, &Selection::default(), issues)
        .map_err(|problems| config::problems(&config, problems))?;
    Ok(Judged { workspace, config, facts, report, looked_for })
}

impl Judged {
    /// Whether all findings of a rule are known.
    pub(super) fn has_judged(&self, rule: &str) -> bool {
        has_judged(&self.config.policy, &self.looked_for, rule)
    }

    /// Takes what the baseline passes over away from the findings.
    pub(super) fn subtract(&mut self, entries: &[BaselineEntry]) {
        let policy = &self.config.policy;
        let is_judged = |rule: &str| has_judged(policy, &self.looked_for, rule);
        self.report.subtract(&self.facts, policy, entries, &is_judged);
    }
}

/// What reading the workspace has brought to light, with the paths that could not be
/// resolved where they count.
pub(super) fn issues(facts: &Facts, findings: Vec<Finding>, deny_unresolved: bool) -> Issues {
    let mut issues = Issues::of_reading(findings);
    if deny_unresolved {
        issues.looked_for.push(Issue::UnresolvedPath);
        issues.findings.extend(unresolved::findings(facts));
    }
    issues
}
