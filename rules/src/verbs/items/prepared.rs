//! Predicates made ready to be asked, so that asking costs little per item.

use super::clause::Clause;
use super::selector::Selector;
use super::subject::Subject;
use crate::context::Context;
use crate::finding::Label;

/// One key of a selector.
pub(super) trait Predicate<'s> {
    /// What it says.
    fn clause(&self) -> Clause;

    /// Looks up what it takes to answer.
    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's>;
}

/// A predicate that can be asked.
pub(super) trait Check {
    /// Whether it holds.
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool;

    /// The places that make it hold, where it is about more than the subject itself.
    fn evidence(&self, _: &Context<'_>, _: Subject) -> Vec<Label> {
        Vec::new()
    }

    /// The places that keep it from holding, likewise.
    fn objections(&self, _: &Context<'_>, _: Subject) -> Vec<Label> {
        Vec::new()
    }
}

/// A check that needs no evidence.
impl<F: Fn(&Context<'_>, Subject) -> bool> Check for F {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        self(context, subject)
    }
}

/// A selector that can be asked.
pub(super) struct Prepared<'s> {
    predicates: Vec<Box<dyn Predicate<'s> + 's>>,
    /// One for each predicate.
    checks: Vec<Box<dyn Check + 's>>,
}

impl<'s> Prepared<'s> {
    pub(super) fn new(selector: &'s Selector, context: &Context<'_>) -> Self {
        let predicates = selector.predicates();
        let checks = predicates.iter().map(|predicate| predicate.check(context)).collect();
        Self { predicates, checks }
    }

    /// Whether everything holds.
    pub(super) fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        self.checks.iter().all(|check| check.holds(context, subject))
    }

    /// What does not hold, in words.
    pub(super) fn failures(&self, context: &Context<'_>, subject: Subject) -> Vec<Clause> {
        let pairs = self.predicates.iter().zip(&self.checks);
        let failed = pairs.filter(|(_, check)| !check.holds(context, subject));
        failed.map(|(predicate, _)| predicate.clause()).collect()
    }

    /// The places that make everything hold, in order.
    pub(super) fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        in_order(self.checks.iter().flat_map(|check| check.evidence(context, subject)))
    }

    /// The places that keep it from holding, in order.
    pub(super) fn objections(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        let failed = self.checks.iter().filter(|check| !check.holds(context, subject));
        in_order(failed.flat_map(|check| check.objections(context, subject)))
    }
}

fn in_order(labels: impl Iterator<Item = Label>) -> Vec<Label> {
    let mut labels: Vec<Label> = labels.collect();
    labels.sort();
    labels.dedup();
    labels
}
