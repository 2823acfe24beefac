//! How often a trait is implemented, where, and for what.

use rustc_hash::FxHashMap;

use super::amount::Amount;
use super::clause::Clause;
use super::prepared::{Check, Predicate, Prepared};
use super::selector::Selector;
use super::subject::Subject;
use crate::context::{Context, Ranks};
use crate::facts::{Impl, ItemId, ItemKind, Target};
use crate::policy::Operand;

/// How often a trait is implemented. Impls in code that the rule does not hold for, such
/// as tests, do not count; neither do derives.
#[derive(Clone, Debug)]
pub struct Implemented {
    /// Where the impls stand that count; anywhere, if absent.
    pub within: Option<Operand>,
    /// What they are for; anything, if absent.
    pub by: Option<Box<Selector>>,
    /// How many of those there are.
    pub amount: Amount,
}

pub(super) struct IsImplemented<'s>(pub(super) &'s Implemented);

impl<'s> Predicate<'s> for IsImplemented<'s> {
    fn clause(&self) -> Clause {
        let Implemented { within, by, amount } = self.0;
        let within = within.as_ref().map(|within| format!(" in {}", within.sentence()));
        let by = by.as_ref().map(|by| format!(" for what {}", by.sentence()));
        let parts = [Some(amount.of("impl", None)), within, by];
        Clause::doing("have", &parts.into_iter().flatten().collect::<String>())
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let mut impls: FxHashMap<ItemId, Vec<usize>> = FxHashMap::default();
        for (index, block) in context.facts.impls.iter().enumerate() {
            let of_trait = block.of_trait.and_then(|of_trait| of_trait.target);
            if let Some(Target::Item(of_trait)) = of_trait
                && context.counts_item(block.item)
            {
                impls.entry(of_trait).or_default().push(index);
            }
        }
        Box::new(Counted {
            impls,
            within: self.0.within.as_ref().map(|within| context.ranks(within)),
            by: self.0.by.as_ref().map(|by| Prepared::new(by, context)),
            amount: self.0.amount,
        })
    }
}

struct Counted<'s> {
    /// The impls of each trait.
    impls: FxHashMap<ItemId, Vec<usize>>,
    within: Option<Ranks>,
    by: Option<Prepared<'s>>,
    amount: Amount,
}

impl Counted<'_> {
    fn counts(&self, context: &Context<'_>, block: &Impl) -> bool {
        let stands = |within: &Ranks| within.contains(context.tree.item(block.item));
        let is_by = |by: &Prepared<'_>| match block.self_type {
            Some(Target::Item(item)) => by.holds(context, Subject::Item(item)),
            _ => false,
        };
        self.within.as_ref().is_none_or(stands) && self.by.as_ref().is_none_or(is_by)
    }
}

impl Check for Counted<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        let Subject::Item(item) = subject else { return false };
        let facts = context.facts;
        let impls = self.impls.get(&item).into_iter().flatten();
        let counted = impls.filter(|index| self.counts(context, &facts.impls[**index]));
        facts.items[item.index()].kind == ItemKind::Trait && self.amount.allows(counted.count())
    }
}
