//! Findings that have moved: what breaks the rule, or what it breaks it with, has got
//! another path.
//!
//! An entry can only have moved when something it names is gone from the code; else it is
//! fixed, and the finding is new. The finding must be of the same rule and kind and agree
//! in everything that is not gone, up to the last name of a path. Where several entries or
//! findings come into question, those that agree in more names at the end of their paths
//! belong together; where that does not decide, nothing has moved.

use std::collections::BTreeMap;

use super::BaselineEntry;
use crate::finding::{Finding, Identity};

/// Pairs of a finding among `new` and the entry among `left` that has moved there. The
/// findings of one identity come in the order of `new`.
pub(super) fn find(
    findings: &[Finding],
    new: &[usize],
    entries: &[BaselineEntry],
    left: &[usize],
    is_there: &dyn Fn(&str) -> bool,
) -> Vec<(usize, usize)> {
    let mut groups: BTreeMap<Kin<'_>, Group<'_>> = BTreeMap::new();
    for &index in left {
        let entry = &entries[index];
        let gone = Gone::new(index, &entry.identity, is_there);
        if gone.from || gone.to {
            groups.entry(Kin::new(&entry.rule, &entry.identity)).or_default().gone.push(gone);
        }
    }
    for &index in new {
        let Finding { rule, identity, .. } = &findings[index];
        if let Some(group) = groups.get_mut(&Kin::new(rule, identity)) {
            group.found.entry(identity).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for group in groups.into_values() {
        let identities: Vec<&Identity> = group.found.keys().copied().collect();
        for (entry, identity) in marry(&group.gone, &identities) {
            let moved = &group.found[identity];
            pairs.extend(moved.iter().map(|finding| (*finding, entry)));
        }
    }
    pairs
}

/// What an entry and a finding must have in common to be compared at all.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Kin<'a> {
    rule: &'a str,
    kind: &'a str,
    to: &'a str,
    written: &'a str,
}

impl<'a> Kin<'a> {
    fn new(rule: &'a str, identity: &'a Identity) -> Self {
        let Identity { to, written, kind, .. } = identity;
        Self { rule, kind, to: last(to), written: last(written) }
    }
}

/// Entries and findings that are kin.
#[derive(Default)]
struct Group<'a> {
    gone: Vec<Gone<'a>>,
    /// The findings of each identity.
    found: BTreeMap<&'a Identity, Vec<usize>>,
}

/// An entry that names something that is gone.
struct Gone<'a> {
    entry: usize,
    identity: &'a Identity,
    from: bool,
    to: bool,
}

impl<'a> Gone<'a> {
    fn new(entry: usize, identity: &'a Identity, is_there: &dyn Fn(&str) -> bool) -> Self {
        let is_gone = |path: &str| !path.is_empty() && !is_there(path);
        Self { entry, identity, from: is_gone(&identity.from), to: is_gone(&identity.to) }
    }

    /// How many names at the end of their paths agree; `None` when this cannot have become
    /// that.
    fn likeness(&self, identity: &Identity) -> Option<usize> {
        let may_be = |gone: bool, old: &str, new: &str| gone || old == new;
        let fits = may_be(self.from, &self.identity.from, &identity.from)
            && may_be(self.to, &self.identity.to, &identity.to);
        let names = |old: &str, new: &str| {
            old.rsplit("::").zip(new.rsplit("::")).take_while(|(old, new)| old == new).count()
        };
        fits.then(|| {
            names(&self.identity.from, &identity.from) + names(&self.identity.to, &identity.to)
        })
    }
}

/// Joins each entry with the identity that it is most like, when neither has an equally
/// good choice, until no more can be joined.
fn marry<'a>(gone: &[Gone<'_>], identities: &[&'a Identity]) -> Vec<(usize, &'a Identity)> {
    let mut open_entries: Vec<usize> = (0..gone.len()).collect();
    let mut open: Vec<usize> = (0..identities.len()).collect();
    let mut joined = Vec::new();
    loop {
        let likeness = |entry: usize, identity: usize| gone[entry].likeness(identities[identity]);
        let before = joined.len();
        for &entry in &open_entries {
            let choice = only_best(&open, |identity| likeness(entry, identity));
            if let Some(identity) = choice
                && only_best(&open_entries, |entry| likeness(entry, identity)) == Some(entry)
            {
                joined.push((entry, identity));
            }
        }
        if joined.len() == before {
            break;
        }
        open_entries.retain(|entry| joined.iter().all(|(known, _)| known != entry));
        open.retain(|identity| joined.iter().all(|(_, known)| known != identity));
    }
    joined.into_iter().map(|(entry, identity)| (gone[entry].entry, identities[identity])).collect()
}

/// The best of `choices`, unless another is as good.
fn only_best(choices: &[usize], likeness: impl Fn(usize) -> Option<usize>) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    let mut is_tied = false;
    for &choice in choices {
        let Some(likeness) = likeness(choice) else { continue };
        match best {
            Some((known, _)) if likeness < known => {}
            Some((known, _)) if likeness == known => is_tied = true,
            _ => (best, is_tied) = (Some((likeness, choice)), false),
        }
    }
    best.filter(|_| !is_tied).map(|(_, choice)| choice)
}

/// The last name of a path.
fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or_default()
}
