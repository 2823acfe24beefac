//! What is asked of an item that is to be planted: the keys of a selector, one by one, and
//! the ways to meet it or to miss it.

use globset::GlobMatcher;

use super::super::amount::Amount;
use super::super::implemented::Implemented;
use super::super::mentions::{Place, Returns, Types};
use super::super::named::NamedTarget;
use super::super::parts::{HasParts, Parts, Question, Whole};
use super::super::selector::Selector;
use super::super::words::{Flag, VisibilityWord};
use crate::facts::{ItemKind, Receiver};
use crate::pattern::Glob;
use crate::policy::Operand;

/// The most ways that are looked at.
const WAYS: usize = 64;

/// One key of a selector.
#[derive(Clone, Copy)]
pub(super) enum Wish<'s> {
    Kind(&'s [ItemKind]),
    Name(&'s [(String, Glob)]),
    Path(&'s Operand),
    Within(&'s Operand),
    File(&'s [(String, GlobMatcher)]),
    Visibility(&'s [VisibilityWord]),
    VisibleOutside(&'s Operand),
    Is(Flag),
    Receiver(&'s [Receiver]),
    Lines(Amount),
    Attribute(&'s NamedTarget),
    Derives(&'s NamedTarget),
    Implements(&'s NamedTarget),
    Implemented(&'s Implemented),
    Parts(Whole, Option<&'s Selector>, Question<'s>),
    Returns(&'s Returns),
    Mentions(Place, &'s NamedTarget),
    /// Mentions something that is like this: none is planted.
    Such,
    MentionsOnly(&'s NamedTarget),
    Uses(&'s NamedTarget),
    Calls(&'s [(String, Glob)]),
}

/// A key, and whether it has to hold.
#[derive(Clone, Copy)]
pub(super) struct Asked<'s> {
    pub(super) wish: Wish<'s>,
    pub(super) holds: bool,
}

/// What must all be met.
pub(super) type Way<'s> = Vec<Asked<'s>>;

/// The ways in which a selector can hold, or not hold.
pub(super) fn ways<'s>(selector: &'s Selector, holds: bool) -> Vec<Way<'s>> {
    let single = |wish: Wish<'s>, is_so: bool| vec![vec![Asked { wish, holds: is_so == holds }]];
    let mut terms: Vec<Vec<Way<'s>>> =
        keys(selector).into_iter().map(|(wish, is_so)| single(wish, is_so)).collect();
    if let Some(any) = &selector.any {
        let each: Vec<_> = any.iter().map(|inner| ways(inner, holds)).collect();
        terms.push(if holds { one_of(&each) } else { all_of(each) });
    }
    if let Some(all) = &selector.all {
        let each: Vec<_> = all.iter().map(|inner| ways(inner, holds)).collect();
        terms.push(if holds { all_of(each) } else { one_of(&each) });
    }
    if let Some(not) = &selector.not {
        terms.push(ways(not, !holds));
    }
    if holds { all_of(terms) } else { one_of(&terms) }
}

/// The ways in which both sides can hold.
pub(super) fn both<'s>(one: &[Way<'s>], other: &[Way<'s>]) -> Vec<Way<'s>> {
    let pairs = one.iter().flat_map(|one| other.iter().map(move |other| (one, other)));
    pairs.map(|(one, other)| one.iter().chain(other).copied().collect()).take(WAYS).collect()
}

fn all_of(terms: Vec<Vec<Way<'_>>>) -> Vec<Way<'_>> {
    terms.into_iter().fold(vec![Vec::new()], |all, term| both(&all, &term))
}

/// Takes from each in turn, so that the limit does not cut off the last ones.
fn one_of<'s>(terms: &[Vec<Way<'s>>]) -> Vec<Way<'s>> {
    let longest = terms.iter().map(Vec::len).max().unwrap_or_default();
    let turns = (0..longest).flat_map(|turn| terms.iter().filter_map(move |term| term.get(turn)));
    turns.take(WAYS).cloned().collect()
}

/// The keys of a selector by themselves, each with whether it has to be so.
fn keys<'s>(selector: &'s Selector) -> Vec<(Wish<'s>, bool)> {
    let mut keys = Vec::new();
    let mut add = |wish: Option<Wish<'s>>| keys.extend(wish.map(|wish| (wish, true)));
    add(selector.kinds.as_deref().map(Wish::Kind));
    add(selector.names.as_deref().map(Wish::Name));
    add(selector.paths.as_ref().map(Wish::Path));
    add(selector.within.as_ref().map(Wish::Within));
    add(selector.files.as_deref().map(Wish::File));
    add(selector.visibility.as_deref().map(Wish::Visibility));
    add(selector.visible_outside.as_ref().map(Wish::VisibleOutside));
    add(selector.receivers.as_deref().map(Wish::Receiver));
    add(selector.lines.map(Wish::Lines));
    add(selector.attributes.as_ref().map(Wish::Attribute));
    add(selector.derives.as_ref().map(Wish::Derives));
    add(selector.implements.as_ref().map(Wish::Implements));
    add(selector.implemented.as_ref().map(Wish::Implemented));
    add(selector.returns.as_ref().map(Wish::Returns));
    let mentions = |place| {
        move |types: &'s Types| match types {
            Types::Named(named) => Wish::Mentions(place, named),
            Types::Such(_) => Wish::Such,
        }
    };
    add(selector.signature_mentions.as_ref().map(mentions(Place::Signature)));
    add(selector.signature_mentions_only.as_ref().map(Wish::MentionsOnly));
    add(selector.exposes.as_ref().map(mentions(Place::Exposed)));
    add(selector.body_uses.as_ref().map(Wish::Uses));
    add(selector.body_runs.as_ref().map(Wish::Uses));
    add(selector.body_calls_method.as_deref().map(Wish::Calls));
    keys.extend(selector.flags.iter().map(|(flag, is_so)| (Wish::Is(*flag), *is_so)));
    for (whole, parts) in wholes(selector) {
        let questions = HasParts::each(whole, parts).into_iter();
        keys.extend(questions.map(|it| (Wish::Parts(whole, it.which, it.question), true)));
    }
    keys
}

fn wholes(selector: &Selector) -> [(Whole, Option<&Parts>); 5] {
    [
        (Whole::Parameters, selector.parameters.as_ref()),
        (Whole::Fields, selector.fields.as_ref()),
        (Whole::Methods, selector.methods.as_ref()),
        (Whole::Contents, selector.holds.as_ref()),
        (Whole::File, selector.same_file.as_ref()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(flag: Flag) -> Selector {
        Selector { flags: vec![(flag, true)], ..Selector::default() }
    }

    /// The ways, each as flags with whether they hold.
    fn flags(ways: &[Way<'_>]) -> Vec<Vec<(Flag, bool)>> {
        let flag = |asked: &Asked<'_>| match asked.wish {
            Wish::Is(flag) => (flag, asked.holds),
            _ => panic!("no flag"),
        };
        ways.iter().map(|way| way.iter().map(flag).collect()).collect()
    }

    #[test]
    fn what_is_said_together_is_missed_by_each_alone() {
        let both = Selector {
            flags: vec![(Flag::Async, true), (Flag::Unsafe, false)],
            ..Selector::default()
        };
        assert_eq!(flags(&ways(&both, true)), [[(Flag::Async, true), (Flag::Unsafe, false)]]);
        assert_eq!(flags(&ways(&both, false)), [[(Flag::Async, false)], [(Flag::Unsafe, true)]]);
    }

    #[test]
    fn alternatives_are_missed_together() {
        let any = Some(vec![is(Flag::Async), is(Flag::Const)]);
        let any = Selector { any, ..Selector::default() };
        assert_eq!(flags(&ways(&any, true)), [[(Flag::Async, true)], [(Flag::Const, true)]]);
        assert_eq!(flags(&ways(&any, false)), [[(Flag::Async, false), (Flag::Const, false)]]);
        let not = Selector { not: Some(Box::new(any)), ..Selector::default() };
        assert_eq!(flags(&ways(&not, false)), [[(Flag::Async, true)], [(Flag::Const, true)]]);
    }

    #[test]
    fn there_is_an_end_to_the_ways() {
        let any = |_| Selector {
            any: Some(vec![is(Flag::Async), is(Flag::Const), is(Flag::Unsafe)]),
            ..Selector::default()
        };
        let all = Selector { all: Some((0..9).map(any).collect()), ..Selector::default() };
        assert_eq!(ways(&all, true).len(), WAYS);
    }
}
