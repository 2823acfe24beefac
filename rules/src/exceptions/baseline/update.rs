//! What becomes of a baseline when it is recorded anew.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{BaselineEntry, Comparison};
use crate::finding::{Finding, Identity};

/// A baseline recorded anew, and how it differs from the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Update {
    /// Its entries, sorted by rule and identity.
    pub entries: Vec<BaselineEntry>,
    /// What has changed.
    pub changes: Changes,
}

/// How many findings a baseline has gained and lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Changes {
    /// Found as before.
    pub kept: usize,
    /// Found elsewhere than before.
    pub moved: usize,
    /// Found no more.
    pub fixed: usize,
    /// Recorded for the first time.
    pub added: usize,
}

impl Changes {
    /// Whether nothing differs.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.moved == 0 && self.fixed == 0 && self.added == 0
    }
}

/// Makes `entries` agree with what was found: takes away what is fixed and follows what
/// has moved; what people have written in an entry stays with it. Entries for which
/// `is_judged` does not hold stay as they are. `add` are findings to be recorded from
/// `today` on; they must be new.
#[must_use]
pub fn update(
    entries: &[BaselineEntry],
    findings: &[Finding],
    comparison: &Comparison,
    is_judged: &dyn Fn(&BaselineEntry) -> bool,
    add: &[&Finding],
    today: Date,
) -> Update {
    let mut changes = Changes::default();
    let mut updated: BTreeMap<(String, Identity), BaselineEntry> = BTreeMap::new();
    let mut record = |entry: BaselineEntry| {
        let key = (entry.rule.clone(), entry.identity.clone());
        let count = entry.count;
        updated.entry(key).and_modify(|known| known.count += count).or_insert(entry);
    };
    // Those that stay where they are come first: what moves to them takes their words.
    let mut moved = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        if !is_judged(entry) {
            changes.kept += entry.count;
            record(entry.clone());
            continue;
        }
        changes.fixed += entry.count.saturating_sub(comparison.found[index]);
        let own =
            (0..findings.len()).filter(|finding| comparison.entry_of[*finding] == Some(index));
        for finding in own {
            let entry = BaselineEntry {
                identity: findings[finding].identity.clone(),
                count: 1,
                ..entry.clone()
            };
            if entry.identity == entries[index].identity {
                changes.kept += 1;
                record(entry);
            } else {
                changes.moved += 1;
                moved.push(entry);
            }
        }
    }
    moved.into_iter().for_each(&mut record);
    for finding in add {
        changes.added += 1;
        record(BaselineEntry {
            rule: finding.rule.clone(),
            identity: finding.identity.clone(),
            count: 1,
            reason: None,
            owner: None,
            since: Some(today),
            until: None,
            location: finding.primary.location.clone(),
        });
    }
    Update { entries: updated.into_values().collect(), changes }
}
