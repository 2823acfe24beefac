//! From verbs about parts of the workspace as written to the verbs.

use serde_spanned::Spanned;

use crate::pattern::Segment;
use crate::policy::captures::check_slices;
use crate::policy::merge::Scope as Place;
use crate::policy::operand::Resolver;
use crate::policy::raw::{RawAcyclic, RawIndependent, RawPatterns, RawStable};
use crate::policy::{Operand, Term, TermKind};
use crate::suggest;
use crate::verbs::{Acyclic, Independent, Scope, Stable};

/// Compiles `independent`.
pub(super) fn independent(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawIndependent>,
    place: &Place,
) -> Independent {
    let raw = raw.get_ref();
    let members = slices(resolver, &raw.members, place);
    if let [only] = &members.terms[..]
        && names_one_thing(only)
    {
        let message = format!("`{}` alone has nothing to be independent of", only.text);
        let help = "name a second member, or write `<name>` for the segment in which they differ";
        resolver.complain(message, only.location.clone(), "one member", Some(help.to_owned()));
    }
    Independent { members, via: raw.via }
}

/// Compiles `acyclic`.
pub(super) fn acyclic(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawAcyclic>,
    place: &Place,
) -> Acyclic {
    let raw = raw.get_ref();
    let within = raw.within.as_ref().map(|within| resolver.operand(within, place));
    Acyclic { scope: scope(resolver, &raw.scope, place), within }
}

/// Compiles `stable`.
pub(super) fn stable(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawStable>,
    place: &Place,
) -> Stable {
    let raw = raw.get_ref();
    let within = raw.within.as_ref().map(|within| resolver.operand(within, place));
    Stable { scope: scope(resolver, &raw.scope, place), within }
}

/// The parts that a word or patterns stand for.
fn scope(resolver: &mut Resolver<'_>, raw: &RawPatterns, place: &Place) -> Scope {
    let [only] = &raw.list[..] else { return Scope::Slices(slices(resolver, raw, place)) };
    if let Some(scope) = Scope::of_word(only.get_ref()) {
        return scope;
    }
    let operand = slices(resolver, raw, place);
    if let [term] = &operand.terms[..]
        && names_one_thing(term)
    {
        let message =
            format!("`{}` is one part, which has no other to be compared with", term.text);
        let help = match suggest::closest(only.get_ref(), Scope::WORDS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "write {}, or `<name>` for the segment in which the parts differ",
                suggest::list(&Scope::WORDS)
            ),
        };
        resolver.complain(message, term.location.clone(), "one part", Some(help));
    }
    Scope::Slices(operand)
}

/// A list of which each thing, or each captured value, is a part of its own.
pub(super) fn slices(resolver: &mut Resolver<'_>, raw: &RawPatterns, place: &Place) -> Operand {
    let operand = resolver.capturing_operand(raw, place);
    check_slices(resolver, &operand.terms);
    operand
}

/// Whether a term can name one thing only.
pub(super) fn names_one_thing(term: &Term) -> bool {
    let is_literal = |segment: &Segment| match segment {
        Segment::Glob(glob) => glob.as_literal().is_some(),
        Segment::Capture(_) | Segment::Deep => false,
    };
    match &term.kind {
        TermKind::Path(pattern) => pattern.segments().iter().all(is_literal),
        TermKind::Layer { within, .. } => within.is_none(),
    }
}
