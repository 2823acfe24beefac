//! What has become of the rules themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::{About, Change, Direction, exemptions};
use crate::exceptions::baseline::BaselineEntry;
use crate::facts::Facts;
use crate::finding::Location;
use crate::pattern::{Pattern, Segment};
use crate::policy::{Layer, LayerId, Operand, Policy, PolicyRule, Source, Term, TermKind};
use crate::prose;
use crate::rule::{Part, Partition, Role};

/// The policy of one state, with the exceptions around it.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// What is known of the workspace.
    pub facts: &'a Facts,
    /// Its policy; `None` where it had none.
    pub policy: Option<(&'a Policy, &'a Source)>,
    /// The text that defines each rule, by id and without needless blanks: what tells a change
    /// that nothing else does.
    pub definitions: &'a BTreeMap<String, String>,
    /// What the baseline holds.
    pub baseline: &'a [BaselineEntry],
}

/// How the policy of `after` differs from that of `before`: what lets more pass comes first,
/// then what cannot be told, then what lets less pass.
#[must_use]
pub fn policies(before: Side<'_>, after: Side<'_>) -> Vec<Change> {
    let mut changes = match (before.policy, after.policy) {
        (None, None) => Vec::new(),
        (None, Some((policy, _))) => {
            vec![whole(Direction::Tightened, policy, "there was no policy: ")]
        }
        (Some((policy, _)), None) => {
            vec![whole(Direction::Loosened, policy, "there is no policy any more: ")]
        }
        (Some(then), Some(now)) => {
            let mut changes = extended(then.1, now.1);
            changes.extend(layers(then.0, now.0));
            changes.extend(rules((then.0, before.definitions), (now.0, after.definitions)));
            changes
        }
    };
    let exemptions = |side: Side<'_>| {
        exemptions::all(side.facts, side.policy.map(|(policy, _)| policy), side.baseline)
    };
    changes.extend(exemptions::changes(&exemptions(before), &exemptions(after)));
    changes.sort();
    changes
}

fn whole(direction: Direction, policy: &Policy, what: &str) -> Change {
    let enabled = policy.rules().iter().filter(|rule| rule.enabled && rule.location().is_some());
    let verb = if direction == Direction::Tightened { "new" } else { "gone" };
    let what = format!("{what}{} {verb}", prose::count(enabled.count(), "rule"));
    Change { direction, about: About::Policy, name: String::new(), what, location: None }
}

/// Packs and files that have come and gone, at any depth.
fn extended(then: &Source, now: &Source) -> Vec<Change> {
    let (mut before, mut after) = (BTreeMap::new(), BTreeMap::new());
    extended_names(then, &mut before);
    extended_names(now, &mut after);
    let gone = before
        .keys()
        .filter(|name| !after.contains_key(*name))
        .map(|name| (Direction::Loosened, *name, "it is not extended any more", None));
    let new = after.iter().filter(|(name, _)| !before.contains_key(*name)).map(|(name, entry)| {
        (Direction::Tightened, *name, "it is extended", Some((*entry).clone()))
    });
    let all = gone.chain(new).map(|(direction, name, what, location)| Change {
        direction,
        about: About::Extends,
        name: name.to_owned(),
        what: what.to_owned(),
        location,
    });
    all.collect()
}

fn extended_names<'a>(source: &'a Source, names: &mut BTreeMap<&'a str, &'a Location>) {
    for extension in &source.extends {
        let name = extension.pack.as_deref().unwrap_or(&extension.source.file);
        names.insert(name, &extension.entry);
        extended_names(&extension.source, names);
    }
}

fn layers(then: &Policy, now: &Policy) -> Vec<Change> {
    let find = |policy: &'_ Policy, name: &str| -> Option<usize> {
        policy.layers().iter().position(|layer| layer.name == name)
    };
    let mut changes = Vec::new();
    for layer in then.layers() {
        if find(now, &layer.name).is_none() {
            // Code that falls out of a layer is told by the modules it holds.
            changes.push(of_layer(layer, Direction::Changed, "it is gone".to_owned(), false));
        }
    }
    for layer in now.layers() {
        let Some(before) = find(then, &layer.name).map(|index| &then.layers()[index]) else {
            changes.push(of_layer(layer, Direction::Changed, "it is new".to_owned(), true));
            continue;
        };
        let members = |layer: &Layer| -> BTreeSet<String> {
            layer.members.iter().map(|term| term.text.clone()).collect()
        };
        let parts = difference(&members(before), &members(layer));
        if !parts.is_empty() {
            let what = format!("its members: {}", parts.join(", "));
            changes.push(of_layer(layer, Direction::Changed, what, true));
        }
        for (then, now, looser, what) in [
            (before.optional, layer.optional, true, "that it may be empty"),
            (before.tests, layer.tests, false, "that its test code is held to the rules"),
        ] {
            if then != now {
                let direction = direction(now == looser);
                let what = if now {
                    format!("it says {what}")
                } else {
                    format!("it does not say any more {what}")
                };
                changes.push(of_layer(layer, direction, what, true));
            }
        }
    }
    changes
}

fn of_layer(layer: &Layer, direction: Direction, what: String, is_there: bool) -> Change {
    let location = is_there.then(|| layer.location.clone());
    Change { direction, about: About::Layer, name: layer.name.clone(), what, location }
}

type Rules<'a> = (&'a Policy, &'a BTreeMap<String, String>);

fn rules(then: Rules<'_>, now: Rules<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for rule in then.0.rules() {
        if now.0.rule(&rule.id).is_none() {
            let what = format!("it is gone; it said that {}", rule.sentence());
            let direction = if rule.enabled { Direction::Loosened } else { Direction::Changed };
            changes.push(Change { location: None, ..of_rule(rule, direction, what) });
        }
    }
    for rule in now.0.rules() {
        let Some(before) = then.0.rule(&rule.id) else {
            let what = format!("it is new: {}", rule.sentence());
            let direction = if rule.enabled { Direction::Tightened } else { Direction::Changed };
            changes.push(of_rule(rule, direction, what));
            continue;
        };
        let mut found = weight(before, rule);
        found.extend(demand((then.0, before), (now.0, rule)));
        let texts = [(before, then.1), (rule, now.1)].map(|(rule, texts)| texts.get(&rule.id));
        if found.is_empty() && texts[0] != texts[1] {
            let what = "its definition is another one".to_owned();
            found.push(of_rule(rule, Direction::Changed, what));
        }
        changes.extend(found);
    }
    changes
}

fn of_rule(rule: &PolicyRule, direction: Direction, what: String) -> Change {
    let location = rule.location().cloned();
    Change { direction, about: About::Rule, name: rule.id.clone(), what, location }
}

/// What has changed about when a rule holds, and how much a violation weighs.
fn weight(then: &PolicyRule, now: &PolicyRule) -> Vec<Change> {
    let mut changes = Vec::new();
    let level =
        |rule: &PolicyRule| if rule.enabled { rule.severity.to_string() } else { "off".to_owned() };
    let rank = |rule: &PolicyRule| rule.enabled.then_some(rule.severity);
    if rank(then) != rank(now) {
        let what = format!("its severity is {}, and was {}", level(now), level(then));
        let change = of_rule(now, direction(rank(now) < rank(then)), what);
        changes.push(Change { location: now.levelled.clone().or(change.location), ..change });
    }
    for (before, after, looser, what) in [
        (then.tests, now.tests, false, "test code is held to it"),
        (then.optional, now.optional, true, "it is off while one of its parts names nothing"),
    ] {
        if before != after {
            let what = if after { what.to_owned() } else { format!("no longer so: {what}") };
            changes.push(of_rule(now, direction(after == looser), what));
        }
    }
    let yields =
        |rule: &PolicyRule| -> BTreeSet<String> { rule.yields_to.iter().cloned().collect() };
    if yields(then) != yields(now) {
        let what = "the rules that it yields to are others".to_owned();
        changes.push(of_rule(now, Direction::Changed, what));
    }
    changes
}

/// What has changed in what a rule demands.
fn demand(
    (then_policy, then): (&Policy, &PolicyRule),
    (now_policy, now): (&Policy, &PolicyRule),
) -> Vec<Change> {
    if then.verb.id() != now.verb.id() {
        let what = format!("it says that {}, and said that {}", now.sentence(), then.sentence());
        return vec![of_rule(now, Direction::Changed, what)];
    }
    let (before, after) = (parts(then), parts(now));
    let mut changes = Vec::new();
    for (key, role, operand) in &after {
        let none = Operand::default();
        let earlier = before.iter().find(|(of, ..)| of == key).map_or(&none, |part| part.2);
        let growth = growth(*role, now.verb.id());
        if let Some((direction, what)) = operands(earlier, operand, growth) {
            changes.push(of_rule(now, direction, format!("`{}`: {what}", key.0)));
        }
    }
    for (key, ..) in before.iter().filter(|(key, ..)| after.iter().all(|(of, ..)| of != key)) {
        let what = format!("it says nothing of `{}` any more", key.0);
        changes.push(of_rule(now, Direction::Changed, what));
    }
    let (before, after) = (then.verb.partition(), now.verb.partition());
    changes.extend(separation(now, &common(&before, &after), &common(&after, &before)));
    if changes.is_empty() {
        let before = separated(then_policy, then, now_policy);
        changes.extend(separation(now, &before, &separated(now_policy, now, then_policy)));
    }
    if changes.is_empty() && then.sentence() != now.sentence() {
        let what = format!("it says that {}, and said that {}", now.sentence(), then.sentence());
        changes.push(of_rule(now, Direction::Changed, what));
    }
    changes
}

/// Two layers or parts by their names, the first of which may not use the second.
type Apart<'a> = BTreeSet<(&'a str, &'a str)>;

/// What a rule holds apart, of the parts that `other` has as well.
fn common<'a>(partition: &'a Partition, other: &Partition) -> Apart<'a> {
    let pairs = partition.apart.iter();
    pairs
        .filter(|(from, to)| other.parts.contains(from) && other.parts.contains(to))
        .map(|(from, to)| (from.as_str(), to.as_str()))
        .collect()
}

/// The layers that a rule of `policy` keeps apart, of those that `other` has as well.
fn separated<'a>(policy: &'a Policy, rule: &PolicyRule, other: &Policy) -> Apart<'a> {
    let is_common = |layer: &&Layer| other.layers().iter().any(|it| it.name == layer.name);
    let layers = || (0_u16..).map(LayerId).zip(policy.layers()).filter(|(_, it)| is_common(it));
    let pairs = layers().flat_map(|from| layers().map(move |to| (from, to)));
    pairs
        .filter(|((from, _), (to, _))| rule.verb.separates(*from, *to))
        .map(|((_, from), (_, to))| (from.name.as_str(), to.name.as_str()))
        .collect()
}

/// Which layers a rule keeps apart no more, and which it does now.
fn separation(rule: &PolicyRule, then: &Apart<'_>, now: &Apart<'_>) -> Vec<Change> {
    let list = |pairs: Vec<&(&str, &str)>| -> Option<String> {
        let pairs: Vec<String> =
            pairs.into_iter().map(|(from, to)| format!("`{from}` → `{to}`")).collect();
        (!pairs.is_empty()).then(|| prose::series(&pairs, "and"))
    };
    let (gone, new) = (list(then.difference(now).collect()), list(now.difference(then).collect()));
    let gone = gone.map(|pairs| (Direction::Loosened, format!("it lets pass now: {pairs}")));
    let new = new.map(|pairs| (Direction::Tightened, format!("it forbids now: {pairs}")));
    gone.into_iter().chain(new).map(|(way, what)| of_rule(rule, way, what)).collect()
}

/// What a rule speaks of: each operand with its role, its key, and how many of that key come
/// before it, since a selector can hold others.
fn parts(rule: &PolicyRule) -> Vec<((&'static str, usize), Role, &Operand)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut part = |part: Part<'_>| {
        let count = counts.entry(part.key).or_default();
        *count += 1;
        (part.key, *count)
    };
    rule.verb.operands().into_iter().map(|it| (part(it), it.role, it.operand)).collect()
}

/// Which way it goes when an operand of this role names more, in a rule of this verb.
fn growth(role: Role, verb: &str) -> Direction {
    match (role, verb) {
        (Role::Subject, _) | (Role::Object, "forbid" | "only" | "deprecated") => {
            Direction::Tightened
        }
        // Any of it must be used: the more it is, the easier.
        (Role::Object, "require") | (Role::Allowed | Role::Exposed, _) => Direction::Loosened,
        (Role::Object | Role::Place | Role::Mention, _) => Direction::Changed,
    }
}

/// How an operand differs, if it does, where more of it means `growth`.
fn operands(then: &Operand, now: &Operand, growth: Direction) -> Option<(Direction, String)> {
    let terms = |operand: &Operand| -> BTreeSet<String> {
        operand.terms.iter().map(|term| term.text.clone()).collect()
    };
    let (before, after) = (terms(then), terms(now));
    let parts = difference(&before, &after);
    if parts.is_empty() {
        return None;
    }
    let among = |operand: &Operand, texts: &BTreeSet<String>| -> Vec<Term> {
        operand.terms.iter().filter(|term| !texts.contains(&term.text)).cloned().collect()
    };
    let (gone, new) = (among(then, &after), among(now, &before));
    let all_in = |inner: &[Term], outer: &Operand| {
        inner.iter().all(|term| outer.terms.iter().any(|other| covers(other, term)))
    };
    let shrinkage = match growth {
        Direction::Loosened => Direction::Tightened,
        Direction::Tightened => Direction::Loosened,
        Direction::Changed => Direction::Changed,
    };
    let direction = match (all_in(&gone, now), all_in(&new, then)) {
        (true, false) => growth,
        (false, true) => shrinkage,
        _ => Direction::Changed,
    };
    Some((direction, parts.join(", ")))
}

/// Whether a term surely stands for all that another one stands for: `shop::**` for
/// `shop::domain`.
fn covers(wide: &Term, narrow: &Term) -> bool {
    let (TermKind::Path(wide_path), TermKind::Path(narrow_path)) = (&wide.kind, &narrow.kind)
    else {
        return wide.text == narrow.text;
    };
    let literal = |pattern: &Pattern| -> Option<Vec<String>> {
        let name = |segment: &Segment| segment.is_literal().then(|| segment.sample("")).flatten();
        pattern.segments().iter().map(name).collect()
    };
    let same = wide.text == narrow.text;
    let is_matched = literal(narrow_path)
        .is_some_and(|names| wide_path.matches(names.iter().map(String::as_str)));
    same || (is_matched && wide_path.target() == narrow_path.target())
}

/// "now with `a`", "no longer with `b`".
fn difference(then: &BTreeSet<String>, now: &BTreeSet<String>) -> Vec<String> {
    let only = |here: &BTreeSet<String>, there: &BTreeSet<String>| -> Vec<String> {
        here.difference(there).cloned().collect()
    };
    let (new, gone) = (only(now, then), only(then, now));
    let mut parts = Vec::new();
    if !new.is_empty() {
        parts.push(format!("now with {}", prose::all_of(&new)));
    }
    if !gone.is_empty() {
        parts.push(format!("no longer with {}", prose::all_of(&gone)));
    }
    parts
}

fn direction(looser: bool) -> Direction {
    if looser { Direction::Loosened } else { Direction::Tightened }
}
