//! Numbers, and what is asked of the parts of something.

use serde_spanned::Spanned;

use super::{About, selector};
use crate::finding::Location;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::{RawAmount, RawImplemented, RawParts, RawSelector};
use crate::verbs::{Amount, Implemented, Parts, Selector};

/// Compiles a number or a range of numbers.
pub(super) fn amount(resolver: &mut Resolver<'_>, raw: &RawAmount, scope: &Scope) -> Amount {
    let at = scope.at(raw.span.clone());
    let amount = Amount { min: raw.range.min, max: raw.range.max };
    if amount == Amount::default() {
        let message = "an empty table says nothing of a number".to_owned();
        let help = "give `min`, `max` or a number".to_owned();
        resolver.complain(message, at, "nothing in it", Some(help));
    } else {
        in_order(resolver, amount, at);
    }
    amount
}

fn in_order(resolver: &mut Resolver<'_>, amount: Amount, at: Location) {
    if let Amount { min: Some(min), max: Some(max) } = amount
        && min > max
    {
        let message = format!("no number is at least {min} and at most {max}");
        resolver.complain(message, at, "`min` is above `max`", None);
    }
}

/// Compiles what is asked of the parts of something; they are known to be `about`.
pub(super) fn parts(
    resolver: &mut Resolver<'_>,
    raw: Option<&RawParts>,
    scope: &Scope,
    about: About,
) -> Option<Parts> {
    let raw = raw?;
    let at = scope.at(raw.span.clone());
    let table = &raw.table;
    let amount = Amount { min: table.min, max: table.max };
    in_order(resolver, amount, at.clone());
    let (which, about) = match &table.which {
        Some(which) => {
            let (which, about) = selector(resolver, which, scope, about);
            (Some(Box::new(which)), about)
        }
        None => (None, about),
    };
    let mut compiled = |raw: &Option<Box<Spanned<RawSelector>>>| -> Option<Box<Selector>> {
        Some(Box::new(selector(resolver, raw.as_ref()?, scope, about).0))
    };
    let (every, some, none) =
        (compiled(&table.every), compiled(&table.some), compiled(&table.none));
    let amount = (amount != Amount::default()).then_some(amount);
    if amount.is_none() && every.is_none() && some.is_none() && none.is_none() {
        let message = "this asks nothing of the parts it speaks of".to_owned();
        let help = "give a number, `min`, `max`, `every`, `some` or `none`".to_owned();
        resolver.complain(message, at, "and then?", Some(help));
    }
    Some(Parts { which, amount, every, some, none })
}

/// Compiles how often a trait is implemented: at least once, unless a number is given.
pub(super) fn implemented(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawImplemented>,
    scope: &Scope,
) -> Implemented {
    let at = scope.at(raw.span());
    let raw = raw.get_ref();
    let given = Amount { min: raw.min, max: raw.max };
    in_order(resolver, given, at.clone());
    if given == Amount::default() && raw.within.is_none() && raw.by.is_none() {
        let message = "an empty table says nothing of impls".to_owned();
        let help = "give `in`, `by`, `min` or `max`".to_owned();
        resolver.complain(message, at, "nothing in it", Some(help));
    }
    let at_least_once = Amount { min: Some(1), max: None };
    Implemented {
        within: raw.within.as_ref().map(|raw| resolver.operand(raw, scope)),
        by: raw.by.as_ref().map(|raw| Box::new(selector(resolver, raw, scope, About::ANYTHING).0)),
        amount: if given == Amount::default() { at_least_once } else { given },
    }
}
