//! Taking the baseline away from what was found.

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::exceptions::sort as sort_ledger;
use super::{Issue, Report, fingerprint, sort, upkeep};
use crate::exceptions::baseline::{BaselineEntry, Comparison, compare};
use crate::exceptions::{ExceptionKind, LedgerEntry};
use crate::facts::Facts;
use crate::finding::{Finding, Identity, Label, Severity};
use crate::policy::Policy;
use crate::suggest;
use crate::tree::{PathTree, Thing};
use crate::verbs::Upkeep;

/// How a baseline compares with what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Subtraction {
    /// Recorded findings that are no more: how many the baseline can lose.
    pub fixed: usize,
    /// Findings that have got another path since they were recorded.
    pub moved: usize,
}

impl Report {
    /// Takes away the findings that `entries` stand for, writes the entries into the
    /// ledger, and tells of those that have expired or are of no rule. `is_judged` says of
    /// which rules all findings are known.
    pub fn subtract(
        &mut self,
        facts: &Facts,
        policy: &Policy,
        entries: &[BaselineEntry],
        is_judged: &dyn Fn(&str) -> bool,
    ) {
        let comparison = self.compare(facts, entries);
        let mut subtraction = Subtraction::default();
        let mut told = Vec::new();
        for (index, (entry, fixed)) in entries.iter().zip(comparison.fixed(entries)).enumerate() {
            let expired = entry.is_expired(policy.today());
            let is_known = is_known(policy, &entry.rule);
            let findings = (is_judged(&entry.rule) || !is_known).then_some(comparison.found[index]);
            if is_known && findings.is_some() {
                subtraction.fixed += fixed;
            }
            let entry = ledger_entry(entry, expired, findings);
            if let (true, true, Some(until)) = (is_known, expired, entry.until) {
                let (name, tail) = (entry.describe(), entry.tail());
                let message = format!("{name} has expired on {until}{tail}");
                let text = format!("counted until {until}");
                let label = Label { location: entry.location.clone(), text };
                told.extend(upkeep(policy, Upkeep::ExpiredException, label, message));
            }
            self.ledger.push(entry);
        }
        told.extend(of_no_rule(policy, entries));
        subtraction.moved = self.take_away(entries, &comparison, policy);
        fingerprint::number(&mut told);
        self.findings.append(&mut told);
        sort(&mut self.findings);
        sort_ledger(&mut self.ledger);
        self.count_again();
        self.subtraction = subtraction;
    }

    /// Takes findings away that are none of this run's business; returns how many.
    pub fn leave_out(&mut self, is_left_out: &dyn Fn(&Finding) -> bool) -> usize {
        let before = self.findings.len();
        self.findings.retain(|finding| !is_left_out(finding));
        self.count_again();
        before - self.findings.len()
    }

    /// Which of the findings belong to which entry. Those that watch over the policy belong
    /// to none.
    #[must_use]
    pub fn compare(&self, facts: &Facts, entries: &[BaselineEntry]) -> Comparison {
        let there = OnceCell::new();
        let is_there = |path: &str| there.get_or_init(|| paths(facts)).contains(path);
        compare(&self.findings, entries, &is_there)
    }

    /// Drops the findings whose entries count; returns how many of them have moved.
    fn take_away(
        &mut self,
        entries: &[BaselineEntry],
        comparison: &Comparison,
        policy: &Policy,
    ) -> usize {
        let findings = std::mem::take(&mut self.findings);
        let mut moved = 0;
        let mut taken = Vec::new();
        for (finding, entry) in findings.into_iter().zip(&comparison.entry_of) {
            match entry.map(|entry| &entries[entry]) {
                Some(entry) if !entry.is_expired(policy.today()) => {
                    moved += usize::from(entry.identity != finding.identity);
                    taken.push(finding);
                }
                _ => self.findings.push(finding),
            }
        }
        // One of several that are alike may be new, and nobody can say which.
        let mut alike: FxHashMap<(&str, &Identity), Vec<Label>> = FxHashMap::default();
        for finding in &taken {
            let text = "alike, and in the baseline".to_owned();
            let label = Label { location: finding.primary.location.clone(), text };
            alike.entry((&finding.rule, &finding.identity)).or_default().push(label);
        }
        for finding in &mut self.findings {
            if let Some(labels) = alike.get(&(finding.rule.as_str(), &finding.identity)) {
                finding.secondary.extend(labels.iter().cloned());
            }
        }
        self.excepted.baseline += taken.len();
        moved
    }

    fn count_again(&mut self) {
        let judged = std::mem::take(&mut self.rules);
        let judged = judged
            .into_iter()
            .filter(|rule| Upkeep::ALL.iter().all(|upkeep| upkeep.id() != rule.id))
            .map(|rule| (rule.id, rule.severity))
            .collect();
        self.rules = super::report::outcomes_of(judged, &self.findings);
    }
}

fn is_known(policy: &Policy, rule: &str) -> bool {
    policy.rule(rule).is_some() || Issue::ALL.iter().any(|issue| issue.id() == rule)
}

/// Every path in the workspace, files included: what can be gone.
fn paths(facts: &Facts) -> FxHashSet<String> {
    let tree = PathTree::new(facts);
    let nodes = tree.nodes().filter(|node| tree.thing(*node) != Thing::Outside);
    let files = facts.files.iter().map(|file| file.path.clone());
    nodes.map(|node| tree.path(node)).chain(files).collect()
}

fn ledger_entry(entry: &BaselineEntry, expired: bool, findings: Option<usize>) -> LedgerEntry {
    let identity = &entry.identity;
    let parts = [&identity.from, &identity.to].map(String::as_str);
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let subject = if parts.is_empty() { identity.written.clone() } else { parts.join(" → ") };
    LedgerEntry {
        rule: entry.rule.clone(),
        kind: ExceptionKind::Baseline,
        location: entry.location.clone(),
        subject,
        reason: entry.reason.clone(),
        owner: entry.owner.clone(),
        since: entry.since,
        until: entry.until,
        expired,
        findings,
    }
}

/// One finding for each rule that the baseline has entries of and the policy does not
/// know, at the first of them.
fn of_no_rule(policy: &Policy, entries: &[BaselineEntry]) -> Vec<Finding> {
    let mut unknown: Vec<(&str, &BaselineEntry, usize)> = Vec::new();
    for entry in entries.iter().filter(|entry| !is_known(policy, &entry.rule)) {
        match unknown.iter_mut().find(|(rule, ..)| *rule == entry.rule) {
            Some((.., count)) => *count += entry.count,
            None => unknown.push((&entry.rule, entry, entry.count)),
        }
    }
    let tell = |(rule, entry, count): (&str, &BaselineEntry, usize)| {
        let findings = if count == 1 { "finding" } else { "findings" };
        let message =
            format!("the baseline holds {count} {findings} of `{rule}`, and no rule is called so");
        let known = policy.rules().iter().map(|rule| rule.id.as_str());
        let text = match suggest::closest(rule, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "of no rule".to_owned(),
        };
        let label = Label { location: entry.location.clone(), text };
        let finding = upkeep(policy, Upkeep::UnusedException, label, message)?;
        let fix = "rename the rule in the baseline too, or let `cargo layers baseline` take its entries away";
        Some(Finding { fix: Some(fix.to_owned()), ..finding })
    };
    unknown.into_iter().filter_map(tell).collect()
}

/// Whether a finding can be recorded: it weighs something, and does not watch over the
/// policy.
#[must_use]
pub fn is_recordable(finding: &Finding) -> bool {
    finding.severity > Severity::Note
        && Upkeep::ALL.iter().all(|upkeep| upkeep.id() != finding.rule)
}
