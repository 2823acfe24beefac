//! Attributes, derives, and the traits that something implements.

use rustc_hash::FxHashMap;

use super::clause::Clause;
use super::named::NamedTarget;
use super::prepared::{Check, Predicate};
use super::subject::Subject;
use crate::context::Context;
use crate::facts::{ItemId, Reference, Target};

pub(super) struct Marked<'s>(pub(super) &'s NamedTarget);

impl<'s> Predicate<'s> for Marked<'s> {
    fn clause(&self) -> Clause {
        Clause::being(&format!("marked {}", self.0.operand.sentence()))
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let attributes = self.0.lookup(context);
        Box::new(move |context: &Context<'_>, subject: Subject| {
            let mut carried = subject.attributes(context).iter();
            carried.any(|attribute| attributes.holds(context, *attribute))
        })
    }
}

pub(super) struct Derives<'s>(pub(super) &'s NamedTarget);

impl<'s> Predicate<'s> for Derives<'s> {
    fn clause(&self) -> Clause {
        Clause::doing("derive", &self.0.operand.sentence())
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let meant = self.0.lookup(context);
        Box::new(move |context: &Context<'_>, subject: Subject| {
            let mut all = derived(context, subject).iter();
            all.any(|derive| meant.holds(context, *derive))
        })
    }
}

fn derived<'a>(context: &Context<'a>, subject: Subject) -> &'a [Reference] {
    subject.item(context).map_or(&[], |item| &item.derives)
}

pub(super) struct Implements<'s>(pub(super) &'s NamedTarget);

impl<'s> Predicate<'s> for Implements<'s> {
    fn clause(&self) -> Clause {
        Clause::doing("implement", &self.0.operand.sentence())
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let traits = self.0.lookup(context);
        let implemented = implemented(context);
        Box::new(move |context: &Context<'_>, subject: Subject| {
            let Subject::Item(item) = subject else { return false };
            let by_impls = implemented.get(&item).into_iter().flatten();
            let mut all = by_impls.chain(derived(context, subject));
            all.any(|of_trait| traits.holds(context, *of_trait))
        })
    }
}

/// The traits that each item implements; for an impl, the one it implements itself.
fn implemented(context: &Context<'_>) -> FxHashMap<ItemId, Vec<Reference>> {
    let mut implemented: FxHashMap<ItemId, Vec<Reference>> = FxHashMap::default();
    for block in &context.facts.impls {
        let Some(of_trait) = block.of_trait else { continue };
        implemented.entry(block.item).or_default().push(of_trait);
        if let Some(Target::Item(item)) = block.self_type {
            implemented.entry(item).or_default().push(of_trait);
        }
    }
    implemented
}
