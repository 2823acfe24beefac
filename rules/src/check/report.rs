//! What judging gives.

use std::collections::BTreeMap;

use super::Subtraction;
use crate::exceptions::LedgerEntry;
use crate::finding::{Finding, Severity};
use crate::verbs::Upkeep;

/// What became of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleOutcome {
    /// Its id.
    pub id: String,
    /// Its severity.
    pub severity: Severity,
    /// How many findings it has.
    pub findings: usize,
}

/// What judging gave.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, sorted by place, then by rule.
    pub findings: Vec<Finding>,
    /// The rules that were judged, sorted by id. Those that watch over the policy itself
    /// are among them only where they found something.
    pub rules: Vec<RuleOutcome>,
    /// How many modules belong to a layer, test code apart.
    pub governed_modules: usize,
    /// How many do not.
    pub ungoverned_modules: usize,
    /// Every exception, sorted by rule, kind and place.
    pub ledger: Vec<LedgerEntry>,
    /// How many findings exceptions have taken away.
    pub excepted: Excepted,
    /// How the baseline compares with what was found.
    pub subtraction: Subtraction,
    /// How many rules were left to tests in Rust.
    pub left_to_rust: usize,
}

/// How many findings were not told, by what takes them away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Excepted {
    /// An exception of the policy.
    pub config: usize,
    /// A comment, and no exception of the policy.
    pub inline: usize,
    /// An entry of the baseline.
    pub baseline: usize,
}

/// Counts findings per rule. Rules that watch over the policy appear by their findings.
pub(super) fn outcomes_of(
    judged: Vec<(String, Severity)>,
    findings: &[Finding],
) -> Vec<RuleOutcome> {
    let watching = findings
        .iter()
        .filter(|finding| Upkeep::ALL.iter().any(|upkeep| upkeep.id() == finding.rule))
        .map(|finding| (finding.rule.clone(), finding.severity));
    let mut severities: BTreeMap<String, Severity> = judged.into_iter().collect();
    for (id, severity) in watching {
        let highest = severities.entry(id).or_insert(severity);
        *highest = severity.max(*highest);
    }
    severities
        .into_iter()
        .map(|(id, severity)| RuleOutcome {
            findings: findings.iter().filter(|finding| finding.rule == id).count(),
            id,
            severity,
        })
        .collect()
}
