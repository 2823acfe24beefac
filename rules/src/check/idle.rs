//! Layers, sets and rules that match nothing, so that nothing is green unseen.

use std::collections::BTreeMap;

use super::upkeep;
use crate::context::Context;
use crate::finding::{Finding, Label, Location, Severity};
use crate::pattern::Pattern;
use crate::policy::{LayerId, Origin, PolicyRule, Term, TermKind};
use crate::rule::{Part, Role, Rule};
use crate::suggest;
use crate::tree::{NodeId, Thing};
use crate::verbs::Upkeep;

/// Layers and sets that match nothing.
pub(super) fn of_policy(context: &Context<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    for (index, layer) in context.policy.layers().iter().enumerate() {
        let id = LayerId(u16::try_from(index).unwrap_or(u16::MAX));
        let dead: Vec<&Term> = context
            .layering
            .unmatched()
            .iter()
            .filter(|(layer, _)| *layer == id)
            .map(|(_, member)| &layer.members[*member])
            .collect();
        if layer.optional {
            continue;
        }
        let name = &layer.name;
        let places =
            places(&layer.members, |term| dead.iter().any(|dead| std::ptr::eq(*dead, term)));
        for (place, text) in &places {
            let message = format!("`{text}`, a member of the layer `{name}`, matches nothing");
            found.extend(nothing(context, place.clone(), message, near(context, text)));
        }
        let is_taken = places.is_empty() && !layer.members.is_empty();
        if is_taken && context.layering.size(id) == 0 && !begins_outside(context, id) {
            let message = format!(
                "the layer `{name}` is empty: more specific members of other layers take all of it"
            );
            found.extend(nothing(context, layer.location.clone(), message, None));
        }
    }
    for set in context.policy.sets().iter().filter(|set| !set.of_pack) {
        if !set.operand.terms.iter().any(|term| is_known(context, term)) {
            let message = format!("nothing in the set `{}` is known", set.name);
            found.extend(nothing(context, set.operand.location.clone(), message, None));
        }
    }
    found
}

/// Parts of a rule that match nothing. A pack cannot know the workspace, so that of its
/// rules only a note is made, and only when they hold nothing to the rule at all. Nor does
/// it matter of an optional rule that it holds nothing to account.
pub(super) fn of_rule(
    context: &Context<'_>,
    rule: &PolicyRule,
    verb: &dyn Rule,
    idle: Option<String>,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let id = &rule.id;
    let is_own = match &rule.origin {
        Origin::File { .. } => true,
        Origin::Pack { .. } => false,
        // What these speak of is what the layer holds, which is told of the layer.
        Origin::Layer { .. } | Origin::Upkeep => return found,
    };
    for part in verb.operands().into_iter().filter(|part| part.role != Role::Place) {
        let is_dead = |term: &Term| is_dead(context, part.role, term);
        let all_dead = is_dead_part(context, &part);
        if is_own {
            for (place, text) in places(&part.operand.terms, is_dead) {
                let message =
                    format!("`{text}` in `{}` of the rule `{id}` matches nothing", part.key);
                found.extend(nothing(context, place, message, near(context, &text)));
            }
        }
        let is_worth_telling = is_own || !matches!(part.role, Role::Object | Role::Mention);
        if all_dead && is_worth_telling && found.is_empty() && !names_empty_layer(context, &part) {
            let message = format!("`{}` of the rule `{id}` matches nothing", part.key);
            found.extend(of_whole_rule(context, rule, part.operand.location.clone(), message));
        }
    }
    if let Some(reason) = idle.filter(|_| found.is_empty())
        && let Some(location) = rule.location()
    {
        let message = format!("the rule `{id}` matches nothing: {reason}");
        found.extend(of_whole_rule(context, rule, location.clone(), message));
    }
    found
}

/// The first part of a rule in this role in which nothing is there.
pub(super) fn dead_part<'r>(
    context: &Context<'_>,
    rule: &'r PolicyRule,
    wanted: Role,
) -> Option<Part<'r>> {
    let mut parts = rule.verb.operands().into_iter().filter(|part| part.role == wanted);
    parts.find(|part| is_dead_part(context, part))
}

/// Whether a part of a rule names nothing.
pub(crate) fn is_dead_part(context: &Context<'_>, part: &Part<'_>) -> bool {
    let terms = &part.operand.terms;
    !terms.is_empty() && terms.iter().all(|term| !is_alive(context, part.role, term))
}

fn of_whole_rule(
    context: &Context<'_>,
    rule: &PolicyRule,
    place: Location,
    message: String,
) -> Option<Finding> {
    if rule.optional {
        return None;
    }
    match &rule.origin {
        Origin::Pack { entry, .. } => {
            let mut found = nothing(context, entry.clone(), message, None)?;
            found.severity = found.severity.min(Severity::Note);
            "comes with this pack".clone_into(&mut found.primary.text);
            found.fix = None;
            Some(found)
        }
        _ => nothing(context, place, message, None),
    }
}

fn nothing(
    context: &Context<'_>,
    location: Location,
    message: String,
    near: Option<String>,
) -> Option<Finding> {
    let text = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "matches nothing".to_owned(),
    };
    upkeep(context.policy, Upkeep::MatchesNothing, Label { location, text }, message)
}

/// The places of an operand of which every term is dead: what a name stands for is at
/// the place of the name.
fn places(terms: &[Term], is_dead: impl Fn(&Term) -> bool) -> BTreeMap<Location, String> {
    let mut places: BTreeMap<Location, (String, bool)> = BTreeMap::new();
    for term in terms {
        let place =
            places.entry(term.location.clone()).or_insert_with(|| (term.text.clone(), true));
        place.1 &= is_dead(term);
    }
    places
        .into_iter()
        .filter(|(_, (_, dead))| *dead)
        .map(|(place, (text, _))| (place, text))
        .collect()
}

/// Whether a term by itself is a mistake: it names code of the workspace that is not
/// there. Outside, what is not used is not known, so that only the whole operand tells.
fn is_dead(context: &Context<'_>, role: Role, term: &Term) -> bool {
    match &term.kind {
        TermKind::Layer { within: None, .. } => false,
        TermKind::Layer { layer, .. } if context.is_absent(*layer) => false,
        TermKind::Layer { .. } => !is_alive(context, role, term),
        TermKind::Path(pattern) => {
            let is_of_workspace = match role {
                Role::Subject | Role::Allowed | Role::Exposed | Role::Place => true,
                Role::Object | Role::Mention => context.tree.knows_crate(pattern),
            };
            is_of_workspace && !is_alive(context, role, term)
        }
    }
}

/// Whether a term names something that can have its part in a rule.
fn is_alive(context: &Context<'_>, role: Role, term: &Term) -> bool {
    match role {
        Role::Subject | Role::Allowed | Role::Place => {
            let is_inside = |node: &NodeId| context.tree.thing(*node) != Thing::Outside;
            context.named(term).iter().any(is_inside)
        }
        Role::Exposed => {
            let is_brought_in = |pattern: &Pattern| context.names_reexport(pattern);
            !context.named(term).is_empty() || term.patterns().iter().any(is_brought_in)
        }
        Role::Object | Role::Mention => is_known(context, term),
    }
}

/// Whether a term names something in the workspace, or may name something outside.
fn is_known(context: &Context<'_>, term: &Term) -> bool {
    let may_be_outside = match &term.kind {
        TermKind::Path(pattern) => context.tree.begins_outside(pattern),
        TermKind::Layer { layer, within: None } => begins_outside(context, *layer),
        TermKind::Layer { .. } => false,
    };
    may_be_outside || !context.named(term).is_empty()
}

/// Whether a member of a layer begins with an outside crate, of which not all is known.
fn begins_outside(context: &Context<'_>, layer: LayerId) -> bool {
    context.policy.layer(layer).members.iter().any(|term| match &term.kind {
        TermKind::Path(pattern) => context.tree.begins_outside(pattern),
        TermKind::Layer { .. } => false,
    })
}

/// Whether an operand names layers that are empty, which is told of the layers.
fn names_empty_layer(context: &Context<'_>, part: &Part<'_>) -> bool {
    part.operand.terms.iter().any(|term| match term.kind {
        TermKind::Layer { layer, within: None } => {
            context.layering.size(layer) == 0 && !begins_outside(context, layer)
        }
        TermKind::Layer { layer, .. } => context.is_absent(layer),
        TermKind::Path(_) => false,
    })
}

/// The crate, package or module that a pattern was most likely meant to name.
pub(crate) fn near(context: &Context<'_>, text: &str) -> Option<String> {
    let facts = context.facts;
    let mut known: Vec<String> =
        facts.packages.iter().map(|package| facts.names.text(package.name).to_owned()).collect();
    if text.contains("::") {
        let is_module = |node: &NodeId| matches!(context.tree.thing(*node), Thing::Module(_));
        known.extend(context.tree.nodes().filter(is_module).map(|node| context.tree.path(node)));
    }
    suggest::closest(text, known.iter().map(String::as_str)).map(str::to_owned)
}
