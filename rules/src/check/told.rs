//! Rules that say the same of one place: one of them yields, so that a mistake is told once.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::finding::Location;
use crate::policy::PolicyRule;
use crate::rule::Violation;

/// The places that rules have found, as far as others yield to them.
pub(super) struct Told<'p> {
    places: FxHashMap<&'p str, FxHashSet<Location>>,
}

impl<'p> Told<'p> {
    /// For these rules, which have found nothing yet.
    pub(super) fn new(rules: &[&'p PolicyRule]) -> Self {
        let ids = rules.iter().flat_map(|rule| rule.yields_to.iter());
        Self { places: ids.map(|id| (id.as_str(), FxHashSet::default())).collect() }
    }

    /// The violations at places where no rule that this one yields to has found something,
    /// excused or not.
    pub(super) fn keep(&mut self, rule: &PolicyRule, violations: Vec<Violation>) -> Vec<Violation> {
        if let Some(places) = self.places.get_mut(rule.id.as_str()) {
            places.extend(violations.iter().map(|violation| violation.primary.location.clone()));
        }
        let is_told = |violation: &Violation| {
            let mut before = rule.yields_to.iter().filter_map(|id| self.places.get(id.as_str()));
            before.any(|places| places.contains(&violation.primary.location))
        };
        violations.into_iter().filter(|violation| !is_told(violation)).collect()
    }
}

/// The rules in such an order that each comes after those it yields to.
pub(super) fn in_order<'p>(rules: impl Iterator<Item = &'p PolicyRule>) -> Vec<&'p PolicyRule> {
    let rules: Vec<&PolicyRule> = rules.collect();
    let by_id: FxHashMap<&str, &PolicyRule> =
        rules.iter().map(|rule| (rule.id.as_str(), *rule)).collect();
    let mut ordered = Vec::with_capacity(rules.len());
    let mut seen = BTreeSet::new();
    for rule in &rules {
        visit(rule, &by_id, &mut seen, &mut ordered);
    }
    ordered
}

fn visit<'p>(
    rule: &'p PolicyRule,
    by_id: &FxHashMap<&str, &'p PolicyRule>,
    seen: &mut BTreeSet<&'p str>,
    ordered: &mut Vec<&'p PolicyRule>,
) {
    if !seen.insert(&rule.id) {
        return;
    }
    for before in rule.yields_to.iter().filter_map(|id| by_id.get(id.as_str())) {
        visit(before, by_id, seen, ordered);
    }
    ordered.push(rule);
}
