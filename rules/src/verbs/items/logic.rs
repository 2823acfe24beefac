//! Selectors made of others.

use super::clause::Clause;
use super::prepared::{Check, Predicate, Prepared};
use super::selector::Selector;
use super::subject::Subject;
use crate::context::Context;
use crate::finding::Label;

fn prepared<'s>(selectors: &'s [Selector], context: &Context<'_>) -> Vec<Prepared<'s>> {
    selectors.iter().map(|selector| Prepared::new(selector, context)).collect()
}

fn clauses(selectors: &[Selector], by: &str) -> Clause {
    let clauses: Vec<Clause> = selectors.iter().map(Selector::clause).collect();
    match clauses.as_slice() {
        [only] => only.clone(),
        _ => Clause::joined(&clauses, by).bracketed(),
    }
}

pub(super) struct Any<'s>(pub(super) &'s [Selector]);

impl<'s> Predicate<'s> for Any<'s> {
    fn clause(&self) -> Clause {
        clauses(self.0, " or ")
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        Box::new(OneOf(prepared(self.0, context)))
    }
}

struct OneOf<'s>(Vec<Prepared<'s>>);

impl Check for OneOf<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        self.0.iter().any(|one| one.holds(context, subject))
    }

    fn objections(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        self.0.iter().flat_map(|one| one.objections(context, subject)).collect()
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        let holding = self.0.iter().filter(|one| one.holds(context, subject));
        holding.flat_map(|one| one.evidence(context, subject)).collect()
    }
}

pub(super) struct All<'s>(pub(super) &'s [Selector]);

impl<'s> Predicate<'s> for All<'s> {
    fn clause(&self) -> Clause {
        clauses(self.0, " and ")
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        Box::new(AllOf(prepared(self.0, context)))
    }
}

struct AllOf<'s>(Vec<Prepared<'s>>);

impl Check for AllOf<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        self.0.iter().all(|one| one.holds(context, subject))
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        self.0.iter().flat_map(|one| one.evidence(context, subject)).collect()
    }

    fn objections(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        self.0.iter().flat_map(|one| one.objections(context, subject)).collect()
    }
}

pub(super) struct Not<'s>(pub(super) &'s Selector);

impl<'s> Predicate<'s> for Not<'s> {
    fn clause(&self) -> Clause {
        match self.0.clauses().as_slice() {
            [only] if !only.is_bracketed() => only.negated(),
            _ => self.0.clause().without(),
        }
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        Box::new(NoneOf(Prepared::new(self.0, context)))
    }
}

struct NoneOf<'s>(Prepared<'s>);

impl Check for NoneOf<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        !self.0.holds(context, subject)
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        self.0.objections(context, subject)
    }

    fn objections(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        self.0.evidence(context, subject)
    }
}
