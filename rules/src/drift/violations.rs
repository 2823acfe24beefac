//! Violations that are new, and those that are no more.

use std::collections::BTreeMap;

use crate::check::{Report, is_recordable};
use crate::exceptions::baseline::BaselineEntry;
use crate::facts::Facts;
use crate::finding::{Finding, Identity};

/// How the findings of two states differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViolationDrift {
    /// Those of today that were not there: indices into its findings.
    pub new: Vec<usize>,
    /// Those that were there and are not today: indices into the earlier findings.
    pub fixed: Vec<usize>,
    /// How many are the same.
    pub kept: usize,
}

/// Compares what was found in an earlier state, `before`, with the `report` on `facts`.
/// Findings are the same as a baseline would have it: lines, files and names may have changed
/// since. What only informs and what watches over the policy itself is left out.
#[must_use]
pub fn violations(before: &[Finding], report: &Report, facts: &Facts) -> ViolationDrift {
    let (entries, members) = grouped(before);
    let comparison = report.compare(facts, &entries);
    let today = comparison.entry_of.iter().zip(&report.findings).enumerate();
    let today = today.filter(|(_, (_, finding))| is_recordable(finding));
    let (mut new, mut kept) = (Vec::new(), 0);
    for (index, (entry, _)) in today {
        match entry {
            Some(_) => kept += 1,
            None => new.push(index),
        }
    }
    // Of several that are alike nobody can say which: the last ones are as good as any.
    let fixed = members.iter().zip(&comparison.found);
    let mut fixed: Vec<usize> =
        fixed.flat_map(|(members, found)| members.iter().skip(*found).copied()).collect();
    fixed.sort_unstable();
    ViolationDrift { new, fixed, kept }
}

/// Findings as a baseline would have recorded them.
#[must_use]
pub fn recorded(findings: &[Finding]) -> Vec<BaselineEntry> {
    grouped(findings).0
}

/// Findings as a baseline would have recorded them, and for each entry which ones.
fn grouped(findings: &[Finding]) -> (Vec<BaselineEntry>, Vec<Vec<usize>>) {
    let mut groups: BTreeMap<(&str, &Identity), Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate() {
        if is_recordable(finding) {
            groups.entry((&finding.rule, &finding.identity)).or_default().push(index);
        }
    }
    groups
        .into_iter()
        .map(|((rule, identity), members)| {
            let entry = BaselineEntry {
                rule: rule.to_owned(),
                identity: identity.clone(),
                count: members.len(),
                reason: None,
                owner: None,
                since: None,
                until: None,
                location: findings[members[0]].primary.location.clone(),
            };
            (entry, members)
        })
        .unzip()
}
