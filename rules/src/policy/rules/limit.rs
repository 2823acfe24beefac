//! From `limit` as written to the verb.

use serde_spanned::Spanned;

use super::Workspace;
use super::graph::{names_one_thing, slices};
use crate::finding::Location;
use crate::pattern::normalized;
use crate::policy::merge::Scope as Place;
use crate::policy::operand::Resolver;
use crate::policy::raw::{RawLimit, RawMeasurable, RawPatterns};
use crate::policy::selector::{About, selector};
use crate::suggest;
use crate::verbs::{Bounds, Limit, Measurable, Metric, Scope};

/// Compiles `limit`.
pub(super) fn limit(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawLimit>,
    place: &Place,
    workspace: &Workspace<'_>,
) -> Option<Limit> {
    let span = raw.span();
    let raw = raw.get_ref();
    let of = match &raw.of {
        RawMeasurable::Parts(parts) => Measurable::Parts(scope(resolver, parts, place, workspace)),
        RawMeasurable::Items(items) => {
            Measurable::Items(Box::new(selector(resolver, items, place, About::ANYTHING).0))
        }
    };
    let within = raw.within.as_ref().map(|within| resolver.operand(within, place));
    if let (Measurable::Items(_), Some(within)) = (&of, &within) {
        let message = "`within` is for parts of the workspace".to_owned();
        let help = "say where items stand with `in`, in the table of `of`".to_owned();
        resolver.complain(message, within.location.clone(), "not for items", Some(help));
    }
    let metric = metric(resolver, &raw.metric, &of, place)?;
    if raw.max.is_none() && raw.min.is_none() {
        let message = "`limit` sets no limit".to_owned();
        let help = "add `max = …`, `min = …` or both".to_owned();
        resolver.complain(message, place.at(span), "neither `max` nor `min`", Some(help));
    }
    let mut bound = |raw: &Option<Spanned<f64>>, key: &str| {
        let raw = raw.as_ref()?;
        bound(resolver, *raw.get_ref(), key, metric, place.at(raw.span()))
    };
    let bounds = Bounds { min: bound(&raw.min, "min"), max: bound(&raw.max, "max") };
    if let (Some(min), Some(max)) = (bounds.min, bounds.max)
        && min > max
    {
        let at = raw.min.as_ref().map_or_else(|| raw.metric.span(), Spanned::span);
        let message = format!("nothing is at least {min} and at most {max}");
        resolver.complain(message, place.at(at), "more than `max`", None);
    }
    Some(Limit { of, within, metric, bounds })
}

/// The parts that a word or patterns stand for.
fn scope(
    resolver: &mut Resolver<'_>,
    raw: &RawPatterns,
    place: &Place,
    workspace: &Workspace<'_>,
) -> Scope {
    let [only] = &raw.list[..] else { return Scope::Slices(slices(resolver, raw, place)) };
    let text = only.get_ref();
    if let Some(scope) = Scope::of_word(text) {
        return scope;
    }
    let operand = slices(resolver, raw, place);
    let is_package =
        workspace.members.iter().any(|member| normalized(&member.package) == normalized(text));
    if let ([term], Some(near)) = (&operand.terms[..], suggest::closest(text, Scope::WORDS))
        && names_one_thing(term)
        && !is_package
    {
        let message = format!("there are no parts called `{text}`");
        let help = format!("did you mean `{near}`?");
        resolver.complain(message, term.location.clone(), "no crate either", Some(help));
    }
    Scope::Slices(operand)
}

fn metric(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<String>,
    of: &Measurable,
    place: &Place,
) -> Option<Metric> {
    let at = place.at(raw.span());
    let word = raw.get_ref().as_str();
    let found = Metric::WORDS.iter().find(|(known, _)| *known == word);
    let (is_had, what): (fn(Metric) -> bool, &str) = match of {
        Measurable::Parts(_) => (Metric::is_of_parts, "parts of the workspace"),
        Measurable::Items(_) => (Metric::is_of_items, "items"),
    };
    let had = Metric::WORDS.iter().filter(|(_, metric)| is_had(*metric)).map(|(word, _)| *word);
    match found {
        None => {
            let help = suggest::help(word, "metrics", had);
            let message = format!("`{word}` is not a metric");
            resolver.complain(message, at, "not a metric", Some(help));
            None
        }
        Some((_, metric)) if !is_had(*metric) => {
            let list: Vec<&str> = had.collect();
            let help = format!("the metrics of {what} are {}", suggest::list(&list));
            let message = format!("`{word}` is not measured of {what}");
            resolver.complain(message, at, "has no meaning here", Some(help));
            None
        }
        Some((_, metric)) => Some(*metric),
    }
}

/// A bound that its metric can have.
fn bound(
    resolver: &mut Resolver<'_>,
    value: f64,
    key: &str,
    metric: Metric,
    at: Location,
) -> Option<f64> {
    let wanted = if metric.is_share() {
        let is_share = (0.0..=1.0).contains(&value);
        (!is_share).then_some("a number from 0 to 1")
    } else {
        let is_whole = value.is_finite() && value >= 0.0 && value.fract().abs() < f64::EPSILON;
        (!is_whole).then_some("a whole number from 0 on")
    };
    let Some(wanted) = wanted else { return Some(value) };
    let message = format!("`{key}` of `{}` is {wanted}, not {value}", metric.word());
    resolver.complain(message, at, "out of range", None);
    None
}
