//! The baseline: findings that were recorded one day and are passed over since.
//!
//! An entry stands for findings that agree in rule and [`Identity`], and says how many
//! there are, so that fixing one of them never makes another look new. An entry that
//! speaks of something that is gone from the code may have moved with it: see [`moves`].

mod moves;
mod update;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::finding::{Finding, Identity, Location};

pub use update::{Changes, Update, update};

/// Findings that are passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaselineEntry {
    /// Id of the rule.
    pub rule: String,
    /// What the findings have in common.
    pub identity: Identity,
    /// How many of them were recorded.
    pub count: usize,
    /// Why they are passed over, if someone says so.
    pub reason: Option<String>,
    /// Who answers for them.
    pub owner: Option<String>,
    /// The day they were recorded.
    pub since: Option<Date>,
    /// The last day on which they are passed over.
    pub until: Option<Date>,
    /// Where the entry stands.
    pub location: Location,
}

impl BaselineEntry {
    /// What orders entries: rule, then identity.
    #[must_use]
    pub fn key(&self) -> (&str, &Identity) {
        (&self.rule, &self.identity)
    }

    /// Whether its last day has passed.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// Which entry each finding belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// By finding: index of its entry; `None` where it is new.
    pub entry_of: Vec<Option<usize>>,
    /// By entry: how many findings belong to it.
    pub found: Vec<usize>,
}

/// Finds the entry of each finding: the one of the same rule and identity, as long as its
/// count lasts, the first by place going first; for what is left the one that has moved
/// there. `is_there` says whether something of this path is in the code today.
#[must_use]
pub fn compare(
    findings: &[Finding],
    entries: &[BaselineEntry],
    is_there: &dyn Fn(&str) -> bool,
) -> Comparison {
    let mut comparison =
        Comparison { entry_of: vec![None; findings.len()], found: vec![0; entries.len()] };
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|finding| &findings[*finding].primary.location);
    let mut known: BTreeMap<(&str, &Identity), Vec<usize>> = BTreeMap::new();
    for (index, entry) in entries.iter().enumerate() {
        known.entry(entry.key()).or_default().push(index);
    }
    for finding in &order {
        let Finding { rule, identity, .. } = &findings[*finding];
        let alike = known.get(&(rule.as_str(), identity)).into_iter().flatten();
        let free = alike.copied().find(|entry| comparison.found[*entry] < entries[*entry].count);
        comparison.take(*finding, free);
    }
    let is_new = |finding: &usize| comparison.entry_of[*finding].is_none();
    let new: Vec<usize> = order.into_iter().filter(is_new).collect();
    let is_left = |entry: &usize| comparison.found[*entry] < entries[*entry].count;
    let left: Vec<usize> = (0..entries.len()).filter(is_left).collect();
    if !new.is_empty() && !left.is_empty() {
        for (finding, entry) in moves::find(findings, &new, entries, &left, is_there) {
            if comparison.found[entry] < entries[entry].count {
                comparison.take(finding, Some(entry));
            }
        }
    }
    comparison
}

impl Comparison {
    fn take(&mut self, finding: usize, entry: Option<usize>) {
        self.entry_of[finding] = entry;
        if let Some(entry) = entry {
            self.found[entry] += 1;
        }
    }

    /// How many recorded findings of each entry are no more.
    pub fn fixed<'a>(&'a self, entries: &'a [BaselineEntry]) -> impl Iterator<Item = usize> + 'a {
        entries.iter().zip(&self.found).map(|(entry, found)| entry.count.saturating_sub(*found))
    }
}

#[cfg(test)]
mod tests;
