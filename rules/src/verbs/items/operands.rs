//! What selectors speak of, so that a rule about nothing is seen, and which facts they need.

use super::mentions::Types;
use super::named::NamedTarget;
use super::parts::Parts;
use super::selector::Selector;
use super::words::Flag;
use crate::facts::{ItemKind, Needs};
use crate::policy::Operand;
use crate::verbs::{Part, Role};

/// How the parts of a selector come into a rule.
#[derive(Clone, Copy)]
struct Manner {
    /// The role of subtrees that things stand in.
    place: Role,
    /// The role of what is named, and compared with what things are.
    named: Role,
}

/// Of what a rule selects.
pub(super) fn of_subjects<'s>(selector: &'s Selector, parts: &mut Vec<Part<'s>>) {
    collect(selector, Manner { place: Role::Subject, named: Role::Object }, parts);
}

/// Of what must not be: where a selected thing would have to stand or what it would have
/// to mention.
pub(super) fn of_refusal<'s>(selector: &'s Selector, parts: &mut Vec<Part<'s>>) {
    collect(selector, Manner { place: Role::Object, named: Role::Object }, parts);
}

/// Of what must be: only what is ruled out within it can go unseen.
pub(super) fn of_demand<'s>(selector: &'s Selector, parts: &mut Vec<Part<'s>>) {
    let within = selector.implemented.as_ref().and_then(|implemented| implemented.within.as_ref());
    let places = [("in", selector.within.as_ref()), ("implemented.in", within)];
    parts.extend(
        places
            .into_iter()
            .filter_map(|(key, operand)| Some(Part { key, operand: operand?, role: Role::Place })),
    );
    if let Some(not) = &selector.not {
        collect(not, ASIDE, parts);
    }
    for inner in selector.all.iter().flatten() {
        of_demand(inner, parts);
    }
    for (_, composed) in composed(selector) {
        if let Some(none) = &composed.none {
            collect(none, ASIDE, parts);
        }
        for inner in [&composed.every, &composed.some].into_iter().flatten() {
            of_demand(inner, parts);
        }
    }
}

/// Of what a rule speaks of beside other things, and could do without.
const ASIDE: Manner = Manner { place: Role::Mention, named: Role::Mention };

fn collect<'s>(selector: &'s Selector, manner: Manner, parts: &mut Vec<Part<'s>>) {
    let mut add = |key, operand: Option<&'s Operand>, role| {
        parts.extend(operand.map(|operand| Part { key, operand, role }));
    };
    add("in", selector.within.as_ref(), manner.place);
    add("visible-outside", selector.visible_outside.as_ref(), Role::Mention);
    for (key, named) in named(selector) {
        add(key, named.paths.as_ref(), manner.named);
    }
    let within = selector.implemented.as_ref().and_then(|implemented| implemented.within.as_ref());
    add("implemented.in", within, Role::Mention);
    let by = selector.implemented.iter().filter_map(|implemented| implemented.by.as_deref());
    let alternatives = selector.any.iter().flatten().chain(selector.not.as_deref());
    let of_parts = composed(selector).into_iter().flat_map(|(_, parts)| parts.selectors());
    for inner in by.chain(alternatives).chain(of_parts).chain(such(selector)) {
        collect(inner, ASIDE, parts);
    }
    for inner in selector.all.iter().flatten() {
        collect(inner, manner, parts);
    }
}

/// What is compared with things by name, each with its key.
fn named(selector: &Selector) -> impl Iterator<Item = (&'static str, &NamedTarget)> {
    let mentioned = mentioned(selector).filter_map(|(key, types)| match types {
        Types::Named(named) => Some((key, named)),
        Types::Such(_) => None,
    });
    let compared = [
        ("attribute", selector.attributes.as_ref()),
        ("derives", selector.derives.as_ref()),
        ("implements", selector.implements.as_ref()),
        ("signature-mentions-only", selector.signature_mentions_only.as_ref()),
        ("body-uses", selector.body_uses.as_ref()),
        ("body-runs", selector.body_runs.as_ref()),
    ];
    let compared = compared.into_iter().filter_map(|(key, named)| Some((key, named?)));
    compared.chain(mentioned)
}

/// The types that signatures are asked for, each with its key.
fn mentioned(selector: &Selector) -> impl Iterator<Item = (&'static str, &Types)> {
    let returned = selector.returns.as_ref().and_then(|returns| returns.types.as_ref());
    let keys = [
        ("returns", returned),
        ("signature-mentions", selector.signature_mentions.as_ref()),
        ("exposes", selector.exposes.as_ref()),
    ];
    keys.into_iter().filter_map(|(key, types)| Some((key, types?)))
}

/// What the types that signatures are asked for are like.
fn such(selector: &Selector) -> impl Iterator<Item = &Selector> {
    mentioned(selector).filter_map(|(_, types)| match types {
        Types::Such(such) => Some(&**such),
        Types::Named(_) => None,
    })
}

/// What is asked of parts, each with its key.
fn composed(selector: &Selector) -> Vec<(&'static str, &Parts)> {
    [
        ("parameters", &selector.parameters),
        ("fields", &selector.fields),
        ("methods", &selector.methods),
        ("holds", &selector.holds),
        ("same-file", &selector.same_file),
    ]
    .into_iter()
    .filter_map(|(key, parts)| Some((key, parts.as_ref()?)))
    .collect()
}

/// The facts that it takes to answer.
pub(super) fn needs(selector: &Selector) -> Needs {
    let is_part = |kind| selector.kinds.as_ref().is_some_and(|kinds| kinds.contains(&kind));
    let composed = composed(selector);
    let asks = |asked: Flag| selector.flags.iter().any(|(flag, _)| *flag == asked);
    let own = Needs {
        signatures: selector.signature_mentions.is_some()
            || selector.signature_mentions_only.is_some()
            || selector.exposes.is_some()
            || selector.returns.is_some()
            || selector.visible_outside.is_some()
            || asks(Flag::Exported)
            || is_part(ItemKind::Field)
            || is_part(ItemKind::Use)
            || composed.iter().any(|(key, _)| *key != "methods"),
        bodies: selector.body_uses.is_some()
            || selector.body_runs.is_some()
            || selector.body_calls_method.is_some()
            || asks(Flag::Tested),
        ..Needs::default()
    };
    let by = selector.implemented.iter().filter_map(|implemented| implemented.by.as_deref());
    let of_parts = composed.into_iter().flat_map(|(_, parts)| parts.selectors());
    let alternatives = selector.any.iter().chain(&selector.all).flatten();
    let inner = alternatives.chain(selector.not.as_deref()).chain(by).chain(of_parts);
    let inner = inner.chain(such(selector));
    inner.fold(own, |all, inner| all | needs(inner))
}
