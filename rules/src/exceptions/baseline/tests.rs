use std::collections::BTreeSet;

use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::facts::Span;
use crate::finding::{Label, Severity};

const TODAY: Date = date(2026, 11, 22);

fn identity(from: &str, to: &str) -> Identity {
    Identity {
        from: from.to_owned(),
        to: to.to_owned(),
        written: to.to_owned(),
        kind: "use".to_owned(),
    }
}

/// Findings of the rule `pure`, one below the other.
fn findings(pairs: &[(&str, &str)]) -> Vec<Finding> {
    let finding = |(line, (from, to)): (u32, &(&str, &str))| Finding {
        rule: "pure".to_owned(),
        severity: Severity::Error,
        message: String::new(),
        primary: Label {
            location: Location { file: "a.rs".to_owned(), span: Span { start: line, end: line } },
            text: String::new(),
        },
        secondary: Vec::new(),
        chain: Vec::new(),
        because: None,
        fix: None,
        docs: None,
        identity: identity(from, to),
        fingerprint: String::new(),
    };
    (0..).zip(pairs).map(finding).collect()
}

/// What is recorded on the first day.
fn recorded(findings: &[Finding]) -> Vec<BaselineEntry> {
    let add: Vec<&Finding> = findings.iter().collect();
    updated(&[], findings, &add, &|_| true).entries
}

fn updated(
    entries: &[BaselineEntry],
    found: &[Finding],
    add: &[&Finding],
    is_there: &dyn Fn(&str) -> bool,
) -> Update {
    let comparison = compare(found, entries, is_there);
    update(entries, found, &comparison, &|_| true, add, TODAY)
}

/// Where the new ones are, when the code holds what the findings speak of and `others`.
fn new(entries: &[BaselineEntry], found: &[Finding], others: &[&str]) -> Vec<u32> {
    let mut there: BTreeSet<&str> = others.iter().copied().collect();
    for Finding { identity, .. } in found {
        there.extend([identity.from.as_str(), identity.to.as_str()]);
    }
    let comparison = compare(found, entries, &|path| there.contains(path));
    let found = found.iter().zip(&comparison.entry_of);
    let new = found.filter(|(_, entry)| entry.is_none());
    new.map(|(finding, _)| finding.primary.location.span.start).collect()
}

#[test]
fn findings_alike_are_counted() {
    let before = findings(&[("s::a", "i::P"), ("s::a", "i::P"), ("s::b", "i::P")]);
    let entries = recorded(&before);
    assert_eq!(entries.iter().map(|entry| entry.count).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(new(&entries, &before, &[]), [0_u32; 0]);
    // The first is fixed: the second does not look new.
    assert_eq!(new(&entries, &before[1..], &[]), [0_u32; 0]);
    let more = findings(&[("s::a", "i::P"), ("s::a", "i::P"), ("s::a", "i::P")]);
    assert_eq!(new(&entries, &more, &["s::b"]), [2]);
}

#[test]
fn what_is_still_there_has_not_moved() {
    let entries = recorded(&findings(&[("s::a", "i::P")]));
    let elsewhere = findings(&[("s::b", "i::P")]);
    assert_eq!(new(&entries, &elsewhere, &["s::a"]), [0]);
    assert_eq!(new(&entries, &elsewhere, &[]), [0_u32; 0]);
}

#[test]
fn a_renamed_module_takes_its_findings_along() {
    let before = findings(&[
        ("s::old", "i::P"),
        ("s::old::A::new", "i::P"),
        ("s::old::B::new", "i::P"),
        ("s::old::B::new", "i::Q"),
    ]);
    let entries = recorded(&before);
    let after = findings(&[
        ("s::fresh::B::new", "i::P"),
        ("s::fresh", "i::P"),
        ("s::fresh::B::new", "i::Q"),
        ("s::fresh::A::new", "i::P"),
        ("s::fresh::A::new", "i::P"),
    ]);
    // One that is alike in everything is one too many.
    assert_eq!(new(&entries, &after, &[]), [4]);
    assert_eq!(new(&entries, &after[..4], &[]), [0_u32; 0]);
}

#[test]
fn what_is_used_can_be_renamed_as_well() {
    let entries = recorded(&findings(&[("s::a", "i::db::P")]));
    assert_eq!(new(&entries, &findings(&[("s::a", "i::pg::P")]), &[]), [0_u32; 0]);
    assert_eq!(new(&entries, &findings(&[("s::a", "i::pg::P")]), &["i::db::P"]), [0]);
    assert_eq!(new(&entries, &findings(&[("s::a", "i::pg::Q")]), &[]), [0]);
    assert_eq!(new(&entries, &findings(&[("t::a", "j::db::P")]), &[]), [0_u32; 0]);
}

#[test]
fn of_two_that_may_have_moved_none_has() {
    let entries = recorded(&findings(&[("s::old", "i::P")]));
    assert_eq!(new(&entries, &findings(&[("s::b", "i::P"), ("s::c", "i::P")]), &[]), [0, 1]);
    let entries = recorded(&findings(&[("s::a", "i::P"), ("s::b", "i::P")]));
    assert_eq!(new(&entries, &findings(&[("s::c", "i::P")]), &[]), [0]);
}

#[test]
fn other_rules_and_kinds_are_other_findings() {
    let before = findings(&[("s::a", "i::P")]);
    let entries = recorded(&before);
    let mut other = before.clone();
    other[0].rule = "other".to_owned();
    assert_eq!(new(&entries, &other, &[]), [0]);
    let mut other = before;
    other[0].identity.kind = "call".to_owned();
    assert_eq!(new(&entries, &other, &[]), [0]);
}

#[test]
fn an_update_keeps_what_people_wrote() {
    let mut entries =
        recorded(&findings(&[("s::a", "i::P"), ("s::b", "i::P"), ("s::old", "i::Q")]));
    for entry in &mut entries {
        entry.reason = Some(format!("because of {}", entry.identity.from));
        entry.owner = Some("@ann".to_owned());
        entry.since = Some(date(2020, 1, 1));
        entry.until = Some(date(2030, 1, 1));
    }
    let found = findings(&[("s::a", "i::P"), ("s::fresh", "i::Q"), ("s::c", "i::R")]);
    let there = |path: &str| path != "s::old";
    let update = updated(&entries, &found, &[&found[2]], &there);
    let changes = Changes { kept: 1, moved: 1, fixed: 1, added: 1 };
    assert_eq!(update.changes, changes);
    assert!(!changes.is_none());
    let shown: Vec<_> = update
        .entries
        .iter()
        .map(|entry| (entry.identity.from.as_str(), entry.reason.as_deref(), entry.since))
        .collect();
    assert_eq!(
        shown,
        [
            ("s::a", Some("because of s::a"), Some(date(2020, 1, 1))),
            ("s::c", None, Some(TODAY)),
            ("s::fresh", Some("because of s::old"), Some(date(2020, 1, 1))),
        ]
    );
    let again = updated(&update.entries, &found, &[], &|_| true);
    assert!(again.changes.is_none());
    assert_eq!(again.entries, update.entries);
}

#[test]
fn what_is_not_judged_stays() {
    let entries = recorded(&findings(&[("s::a", "i::P"), ("s::a", "i::P")]));
    let comparison = compare(&[], &entries, &|_| true);
    let update = update(&entries, &[], &comparison, &|_| false, &[], TODAY);
    assert_eq!(update.entries, entries);
    assert_eq!(update.changes, Changes { kept: 2, ..Changes::default() });
}

/// Paths of few names, so that many are alike.
fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    proptest::collection::vec(("s::[ab]::[cd](::[ef])?", "i::[gh]::[PQ]"), 0..14)
}

fn found(pairs: &[(String, String)]) -> Vec<Finding> {
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    findings(&pairs)
}

proptest! {
    #[test]
    fn what_was_recorded_is_never_new(before in pairs(), keep in any::<u16>(), turn in 0_usize..14) {
        let entries = recorded(&found(&before));
        let mut left: Vec<_> = before
            .into_iter()
            .enumerate()
            .filter(|(index, _)| keep & (1 << index) != 0)
            .map(|(_, pair)| pair)
            .collect();
        let by = turn.min(left.len());
        left.rotate_left(by);
        prop_assert_eq!(new(&entries, &found(&left), &[]), Vec::<u32>::new());
    }

    #[test]
    fn one_more_is_one_new(before in pairs(), one in pairs()) {
        let entries = recorded(&found(&before));
        let mut after = before.clone();
        after.extend(one.clone());
        prop_assert_eq!(new(&entries, &found(&after), &[]).len(), one.len());
    }

    #[test]
    fn no_more_are_passed_over_than_were_recorded(before in pairs(), after in pairs()) {
        let entries = recorded(&found(&before));
        let comparison = compare(&found(&after), &entries, &|_| false);
        for (entry, found) in entries.iter().zip(&comparison.found) {
            prop_assert!(*found <= entry.count);
        }
        let taken = comparison.entry_of.iter().flatten().count();
        prop_assert_eq!(comparison.found.iter().sum::<usize>(), taken);
        prop_assert!(taken <= before.len());
    }

    #[test]
    fn a_crate_can_be_renamed(before in pairs()) {
        let entries = recorded(&found(&before));
        let after: Vec<_> = before
            .iter()
            .map(|(from, to)| (from.replacen('s', "z", 1), to.replacen('i', "y", 1)))
            .collect();
        prop_assert_eq!(new(&entries, &found(&after), &[]), Vec::<u32>::new());
    }

    #[test]
    fn a_new_baseline_covers_all_and_is_the_same_in_any_order(before in pairs(), after in pairs()) {
        let entries = recorded(&found(&before));
        let after = found(&after);
        let comparison = compare(&after, &entries, &|_| true);
        let add: Vec<&Finding> = after
            .iter()
            .zip(&comparison.entry_of)
            .filter(|(_, entry)| entry.is_none())
            .map(|(finding, _)| finding)
            .collect();
        let update = updated(&entries, &after, &add, &|_| true);
        prop_assert_eq!(new(&update.entries, &after, &[]), Vec::<u32>::new());
        prop_assert_eq!(update.entries.iter().map(|entry| entry.count).sum::<usize>(), after.len());
        let changes = update.changes;
        prop_assert_eq!(changes.kept + changes.moved + changes.added, after.len());
        prop_assert_eq!(changes.kept + changes.moved + changes.fixed, before.len());
        prop_assert!(update.entries.is_sorted_by(|a, b| a.key() < b.key()));
        let mut turned = after.clone();
        turned.reverse();
        let keys = |entries: &[BaselineEntry]| -> Vec<_> {
            entries.iter().map(|entry| (entry.identity.clone(), entry.count)).collect()
        };
        prop_assert_eq!(keys(&recorded(&turned)), keys(&recorded(&after)));
    }
}
