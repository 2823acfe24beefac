//! From what stands under the key of a verb to the verb.

use std::ops::Range;
use std::sync::Arc;

use serde_spanned::Spanned;

use super::Workspace;
use super::deprecated::deprecated;
use super::diagram::diagram;
use super::external::external;
use super::facade::facade;
use super::graph::{acyclic, independent, stable};
use super::limit::limit;
use super::orphans::orphans;
use super::query::query;
use super::require::require;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::{RawForbid, RawRule, RawSelector, VERBS, Via};
use crate::policy::selector::{About, selector};
use crate::rule::Rule;
use crate::verbs::{Covered, Forbid, InRust, Items, Only, Selector};

/// Whether a table holds a verb, or a part of one.
pub(super) fn has_verb(raw: &RawRule) -> bool {
    !verbs_of(raw).is_empty() || raw.must.is_some() || raw.must_not.is_some() || raw.says.is_some()
}

/// The verbs that a table holds, and where.
pub(super) fn verbs_of(raw: &RawRule) -> Vec<(&'static str, Range<usize>)> {
    // Of the same length, so that no verb is missing in either list.
    let places: [_; VERBS.len()] = [
        place("forbid", raw.forbid.as_ref()),
        place("only", raw.only.as_ref()),
        place("require", raw.require.as_ref()),
        place("deprecated", raw.deprecated.as_ref()),
        place("external", raw.external.as_ref()),
        place("independent", raw.independent.as_ref()),
        place("acyclic", raw.acyclic.as_ref()),
        place("facade", raw.facade.as_ref()),
        place("stable", raw.stable.as_ref()),
        place("limit", raw.limit.as_ref()),
        place("diagram", raw.diagram.as_ref()),
        place("covered", raw.covered.as_ref()),
        place("orphans", raw.orphans.as_ref()),
        place("items", raw.items.as_ref()),
        place("query", raw.query.as_ref()),
        place("rust", raw.rust.as_ref()),
    ];
    places.into_iter().flatten().collect()
}

fn place<T>(name: &'static str, verb: Option<&Spanned<T>>) -> Option<(&'static str, Range<usize>)> {
    Some((name, verb?.span()))
}

/// The verb of a table that holds one.
pub(super) fn verb(
    resolver: &mut Resolver<'_>,
    id: &Spanned<String>,
    raw: &RawRule,
    scope: &Scope,
    workspace: &Workspace<'_>,
) -> Option<Arc<dyn Rule>> {
    if let Some(says) = &raw.says
        && raw.items.is_none()
        && !verbs_of(raw).is_empty()
    {
        let message = "`says` puts into words what `must` and `must-not` demand".to_owned();
        let help = "leave it out: this verb says by itself what it demands".to_owned();
        resolver.complain(message, scope.at(says.span()), "without `items`", Some(help));
    }
    if let Some(forbid) = &raw.forbid {
        return Some(Arc::new(forbid_verb(resolver, forbid, scope, workspace)));
    }
    if let Some(only) = &raw.only {
        let only = only.get_ref();
        let from = resolver.capturing_operand(&only.from, scope);
        let to = resolver.capturing_operand(&only.to, scope);
        let compares = workspace.compare_captures(resolver, [&from, &to], ["from", "to"]);
        return Some(Arc::new(Only { from, to, compares }));
    }
    if let Some(raw) = &raw.require {
        return Some(Arc::new(require(resolver, raw, scope, workspace)));
    }
    if let Some(raw) = &raw.deprecated {
        return Some(Arc::new(deprecated(resolver, raw, scope)?));
    }
    let is_optional = raw.optional == Some(true);
    if let Some(raw) = &raw.external {
        return external(resolver, raw, is_optional, scope, workspace);
    }
    if let Some(raw) = &raw.query {
        return Some(Arc::new(query(resolver, raw, scope)?));
    }
    if let Some(raw) = &raw.rust {
        return Some(Arc::new(InRust { code: resolver.operand(raw.get_ref(), scope) }));
    }
    if let Some(raw) = &raw.independent {
        return Some(Arc::new(independent(resolver, raw, scope)));
    }
    if let Some(raw) = &raw.acyclic {
        return Some(Arc::new(acyclic(resolver, raw, scope)));
    }
    if let Some(raw) = &raw.facade {
        return Some(Arc::new(facade(resolver, raw, scope)));
    }
    if let Some(raw) = &raw.stable {
        return Some(Arc::new(stable(resolver, raw, scope)));
    }
    if let Some(raw) = &raw.limit {
        return Some(Arc::new(limit(resolver, raw, scope, workspace)?));
    }
    if let Some(raw) = &raw.diagram {
        return Some(Arc::new(diagram(resolver, raw, scope, workspace)?));
    }
    if let Some(covered) = &raw.covered {
        let covered = covered.get_ref();
        let min = covered.min.as_ref().map(Spanned::get_ref).copied();
        if let (Some(percent), Some(at)) = (min, &covered.min)
            && !(0.0..=100.0).contains(&percent)
        {
            let message = format!("`min` is a percentage from 0 to 100, not {percent}");
            resolver.complain(message, scope.at(at.span()), "out of range", None);
        }
        let within = covered.within.as_ref().map(|patterns| resolver.operand(patterns, scope));
        return Some(Arc::new(Covered { within, min }));
    }
    if let Some(raw) = &raw.orphans {
        return Some(Arc::new(orphans(resolver, raw, scope)));
    }
    let Some(items) = &raw.items else {
        let message =
            format!("the rule `{}` says what must be, and not of which `items`", id.get_ref());
        let help = "add `items = { … }`".to_owned();
        resolver.complain(message, scope.at(id.span()), "no `items`", Some(help));
        return None;
    };
    if raw.must.is_none() && raw.must_not.is_none() {
        let message =
            format!("the rule `{}` selects items and demands nothing of them", id.get_ref());
        let help = "add `must = { … }` or `must-not = { … }`".to_owned();
        resolver.complain(message, scope.at(items.span()), "and then?", Some(help));
        return None;
    }
    let (items, about) = selector(resolver, items, scope, About::ANYTHING);
    let mut demand = |raw: &Option<Spanned<RawSelector>>| -> Option<Selector> {
        Some(selector(resolver, raw.as_ref()?, scope, about).0)
    };
    let (must, must_not) = (demand(&raw.must), demand(&raw.must_not));
    let says = raw.says.as_ref().map(|says| {
        if !says.get_ref().starts_with("must ") {
            let message = "what a rule says of an item begins with `must`".to_owned();
            let help = "continue \"the struct `Order` …\", as in `must hold no state`".to_owned();
            resolver.complain(message, scope.at(says.span()), "in these words", Some(help));
        }
        says.get_ref().clone()
    });
    Some(Arc::new(Items { items, must, must_not, says }))
}

fn forbid_verb(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawForbid>,
    scope: &Scope,
    workspace: &Workspace<'_>,
) -> Forbid {
    let span = raw.span();
    let raw = raw.get_ref();
    let from = resolver.capturing_operand(&raw.from, scope);
    let to = resolver.capturing_operand(&raw.to, scope);
    let compares = workspace.compare_captures(resolver, [&from, &to], ["from", "to"]);
    if raw.kinds.as_ref().is_some_and(Vec::is_empty) {
        let message = "an empty list of kinds forbids nothing".to_owned();
        resolver.complain(message, scope.at(span), "`kinds` is empty", None);
    }
    let reaches_outside =
        raw.via == Via::Any && to.terms.iter().any(|term| workspace.may_be_outside(term));
    Forbid { from, to, via: raw.via, kinds: raw.kinds.clone(), reaches_outside, compares }
}
