//! From the tables under `[rules]` to rules.

mod dates;
mod deprecated;
mod diagram;
mod exceptions;
mod external;
mod facade;
mod graph;
mod limit;
mod orphans;
mod query;
mod require;
mod verbs;
mod yielding;

use std::sync::Arc;

use indexmap::IndexMap;
use serde_spanned::Spanned;

use super::captures::{check_pair, share_names};
use super::merge::{Merged, Placed, Scope, label};
use super::operand::Resolver;
use super::raw::{Level, RawEntry, RawRule, VERBS};
use super::{
    Example, Layer, Member, Operand, Origin, PolicyRule, Problem, Snippet, Term, TermKind,
};
use crate::finding::{Location, Severity};
use crate::pattern::normalized;
use crate::rule::Rule;
use crate::suggest;
use crate::tree::is_sysroot;
use crate::verbs::{Contexts, LayerExternal, MayUse, Upkeep};
use exceptions::exception;
use verbs::{has_verb, verb, verbs_of};
use yielding::check_yielding;

type Rules = IndexMap<String, PolicyRule>;

/// What rules are checked against.
pub(super) struct Workspace<'a> {
    pub(super) layers: &'a [Layer],
    pub(super) members: &'a [Member],
}

impl Workspace<'_> {
    /// Whether what two operands capture is to be compared; complains of captures that are
    /// compared with nothing.
    fn compare_captures(
        &self,
        resolver: &mut Resolver<'_>,
        operands: [&Operand; 2],
        keys: [&str; 2],
    ) -> bool {
        check_pair(resolver, operands, keys, self.layers);
        share_names(operands[0], operands[1], self.layers)
    }

    /// Whether a term can stand for a crate outside the workspace that Cargo knows.
    fn may_be_outside(&self, term: &Term) -> bool {
        match &term.kind {
            TermKind::Layer { layer, .. } => self.layers[usize::from(layer.0)]
                .members
                .iter()
                // A member that leaves its crate open covers the workspace only.
                .filter(|term| match &term.kind {
                    TermKind::Path(pattern) => pattern.literal_root().is_some(),
                    TermKind::Layer { .. } => true,
                })
                .any(|term| self.may_be_outside(term)),
            TermKind::Path(pattern) => pattern.literal_root().is_none_or(|root| {
                let is_member = |member: &Member| {
                    let mut names = std::iter::once(&member.package).chain(&member.targets);
                    names.any(|name| normalized(name) == root)
                };
                !is_sysroot(root) && !self.members.iter().any(is_member)
            }),
        }
    }
}

/// All rules: what packs and files say, what layers say of themselves, and upkeep.
pub(super) fn rules(
    resolver: &mut Resolver<'_>,
    merged: &Merged,
    workspace: &Workspace<'_>,
) -> Vec<PolicyRule> {
    let mut rules = Rules::new();
    of_layers(resolver, merged, workspace.layers, &mut rules);
    for upkeep in Upkeep::ALL {
        rules.insert(upkeep.id().to_owned(), upkeep.rule());
    }
    for (id, Placed { value, scope }) in &merged.rules {
        match value {
            RawEntry::Rule(raw) if has_verb(raw) => {
                define(resolver, id, raw, scope, workspace, &mut rules);
            }
            RawEntry::Rule(raw) => amend(resolver, id, raw, scope, &mut rules),
            RawEntry::Level(level) => {
                let raw = RawRule { severity: Some(level.clone()), ..RawRule::default() };
                amend(resolver, id, &raw, scope, &mut rules);
            }
        }
    }
    check_yielding(resolver, merged, &rules);
    let mut rules: Vec<PolicyRule> = rules.into_values().collect();
    rules.sort_by_key(|rule| match rule.origin {
        Origin::Pack { .. } => 0,
        Origin::Layer { .. } => 1,
        Origin::File { .. } => 2,
        Origin::Upkeep => 3,
    });
    rules
}

/// The rules that `may-use` and `external` of layers stand for.
fn of_layers(resolver: &mut Resolver<'_>, merged: &Merged, layers: &[Layer], rules: &mut Rules) {
    for (layer, (name, draft)) in layers.iter().zip(&merged.layers) {
        let Some(id) = resolver.layer_id(name) else { continue };
        let from = Operand {
            terms: vec![Term {
                kind: TermKind::Layer { layer: id, within: None },
                text: format!("@{name}"),
                location: layer.location.clone(),
                set: None,
            }],
            words: vec![name.clone()],
            location: layer.location.clone(),
        };
        if let Some(Placed { value, scope }) = &draft.may_use {
            let allowed =
                value.list.iter().filter_map(|text| resolver.layer_named(text, scope)).collect();
            let words = value.list.iter().map(|text| {
                let name = text.get_ref().strip_prefix('@').unwrap_or(text.get_ref());
                scope.layer(name).to_owned()
            });
            let verb = MayUse::new(id, from.clone(), allowed, words.collect());
            let at = scope.at(value.span.clone());
            add_layer_rule(rules, format!("{name}-may-use"), Arc::new(verb), scope, at);
        }
        if let Some(Placed { value, scope }) = &draft.external {
            let at = scope.at(value.span.clone());
            let allowed = if value.list.is_empty() {
                Operand { location: at.clone(), ..Operand::default() }
            } else {
                resolver.operand(value, scope)
            };
            let verb = LayerExternal::of_layer(from, allowed);
            add_layer_rule(rules, format!("{name}-external"), Arc::new(verb), scope, at);
        }
    }
    of_contexts(merged, layers, rules);
}

/// The rule that keeps contexts apart, where layers capture any.
fn of_contexts(merged: &Merged, layers: &[Layer], rules: &mut Rules) {
    let captures = |layer: &&Layer| layer.captured_names().next().is_some();
    let mut capturing = layers.iter().filter(captures).peekable();
    let Some(first) = capturing.peek() else { return };
    let Some(Placed { value, scope }) =
        merged.layers.get(&first.name).and_then(|draft| draft.members.as_ref())
    else {
        return;
    };
    let at = scope.at(value.span.clone());
    let names = capturing.map(|layer| layer.name.clone()).collect();
    add_layer_rule(rules, Contexts::ID.to_owned(), Arc::new(Contexts::new(names)), scope, at);
    if let Some(rule) = rules.get_mut(Contexts::ID) {
        // With a facade for each, nothing is left for it.
        rule.optional = true;
        rule.because = Some("a context that others reach into cannot change by itself".to_owned());
        rule.fix =
            Some("use what its facade exposes, or give it one with the verb `facade`".to_owned());
    }
}

fn add_layer_rule(rules: &mut Rules, id: String, verb: Arc<dyn Rule>, scope: &Scope, at: Location) {
    let origin = match &scope.pack {
        Some((name, entry)) => Origin::Pack { name: name.clone(), entry: entry.clone() },
        None => Origin::Layer { location: at },
    };
    rules.insert(id.clone(), PolicyRule::new(id, verb, origin));
}

impl PolicyRule {
    /// A rule of which nothing is said yet but what it demands.
    pub(crate) fn new(id: String, verb: Arc<dyn Rule>, origin: Origin) -> Self {
        Self {
            id,
            severity: Severity::Error,
            enabled: true,
            because: None,
            fix: None,
            heuristic: None,
            examples: Vec::new(),
            origin,
            verb,
            except: Vec::new(),
            levelled: None,
            tests: false,
            optional: false,
            yields_to: Vec::new(),
        }
    }
}

/// Adds a rule with a verb. One of an outer file takes the place of one of the same id
/// that an inner file has.
fn define(
    resolver: &mut Resolver<'_>,
    id: &Spanned<String>,
    raw: &RawRule,
    scope: &Scope,
    workspace: &Workspace<'_>,
    rules: &mut Rules,
) {
    let verbs = verbs_of(raw);
    if verbs.len() > 1 {
        resolver.problems.push(Problem {
            message: format!("the rule `{}` holds {} verbs", id.get_ref(), verbs.len()),
            labels: verbs
                .iter()
                .map(|(verb, span)| label(scope.at(span.clone()), &format!("`{verb}`")))
                .collect(),
            help: Some("a rule holds one verb: make it several rules".to_owned()),
        });
        return;
    }
    let Some(verb) = verb(resolver, id, raw, scope, workspace) else { return };
    let origin = match &scope.pack {
        Some((name, entry)) => Origin::Pack { name: name.clone(), entry: entry.clone() },
        None => Origin::File { location: scope.at(id.span()) },
    };
    if let Some(earlier) = rules.get(id.get_ref()) {
        let packs = [&earlier.origin, &origin].map(|origin| match origin {
            Origin::Pack { name, entry } => Some((name.as_str(), entry)),
            _ => None,
        });
        if let [Some(first), Some(second)] = packs
            && resolver.are_rivals(first, second)
        {
            let labels = [first, second]
                .map(|(pack, entry)| label(entry.clone(), &format!("`{pack}` comes in here")));
            let (message, help) = if first.0 == second.0 {
                (
                    format!("`{}` comes in twice, with other names for its layers", first.0),
                    "extend it once",
                )
            } else {
                let (first, second) = (first.0, second.0);
                (
                    format!("`{first}` and `{second}` both define the rule `{}`", id.get_ref()),
                    "extend one of the packs only",
                )
            };
            let help = Some(help.to_owned());
            resolver.problems.push(Problem { message, labels: labels.into(), help });
            return;
        }
        if earlier.origin == Origin::Upkeep {
            let message = format!("`{}` is a rule of the tool itself", id.get_ref());
            let help = "give your rule another id".to_owned();
            resolver.complain(message, scope.at(id.span()), "taken", Some(help));
            return;
        }
    }
    let mut rule = PolicyRule::new(id.get_ref().clone(), verb, origin);
    if raw.heuristic.is_some() {
        rule.severity = Severity::Warn;
    }
    rules.insert(id.get_ref().clone(), rule);
    amend(resolver, id, raw, scope, rules);
}

/// Takes over what a table says beside the verb.
fn amend(
    resolver: &mut Resolver<'_>,
    id: &Spanned<String>,
    raw: &RawRule,
    scope: &Scope,
    rules: &mut Rules,
) {
    let Some(rule) = rules.get(id.get_ref()) else {
        let known = rules.keys().map(String::as_str);
        let help = match suggest::closest(id.get_ref(), known) {
            Some(near) => format!("did you mean the rule `{near}`?"),
            None => format!("a new rule holds one of the verbs {}", suggest::list(&VERBS)),
        };
        let message =
            format!("the rule `{}` holds no verb, and there is no other of this id", id.get_ref());
        resolver.complain(message, scope.at(id.span()), "not defined", Some(help));
        return;
    };
    let mut rule = rule.clone();
    if let Some(severity) = &raw.severity {
        if let Some(level) = Level::parse(severity.get_ref()) {
            rule.enabled = level != Level::Off;
            if let Level::At(severity) = level {
                rule.severity = severity;
            }
            rule.levelled = Some(scope.at(severity.span()));
        } else {
            let message = format!("`{}` is not a severity", severity.get_ref());
            let help = suggest::help(severity.get_ref(), "severities", Level::WORDS);
            resolver.complain(message, scope.at(severity.span()), "not a severity", Some(help));
        }
    }
    rule.because = raw.because.clone().or(rule.because);
    rule.fix = raw.fix.clone().or(rule.fix);
    rule.heuristic = raw.heuristic.clone().or(rule.heuristic);
    rule.tests = raw.tests.unwrap_or(rule.tests);
    rule.optional = raw.optional.unwrap_or(rule.optional);
    rule.yields_to.extend(raw.yields_to.iter().map(|id| id.get_ref().clone()));
    for example in &raw.examples {
        let at = scope.at(example.span());
        let example = example.get_ref();
        if example.bad.is_none() && example.good.is_none() {
            let message = "an example has `bad`, `good` or both".to_owned();
            resolver.complain(message, at, "neither", None);
        }
        let snippet = |text: &Spanned<String>| Snippet {
            text: text.get_ref().clone(),
            location: scope.at(text.span()),
        };
        rule.examples.push(Example {
            bad: example.bad.as_ref().map(snippet),
            good: example.good.as_ref().map(snippet),
        });
    }
    for raw in &raw.except {
        rule.except.extend(exception(resolver, raw, scope));
    }
    rules.insert(id.get_ref().clone(), rule);
}
