//! From `external` as written to the verb.

use std::sync::Arc;

use serde_spanned::Spanned;

use super::Workspace;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::{By, RawExternal, RawPatterns, Via};
use crate::policy::{Operand, Term, TermKind};
use crate::rule::Rule;
use crate::tree::is_sysroot;
use crate::verbs::{External, LayerExternal, Platform};

/// Compiles `external` of a rule that is `optional` or not.
pub(super) fn external(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawExternal>,
    optional: bool,
    scope: &Scope,
    workspace: &Workspace<'_>,
) -> Option<Arc<dyn Rule>> {
    match raw.get_ref().by {
        By::Manifest => Some(Arc::new(by_manifest(resolver, raw, optional, scope, workspace)?)),
        By::Source => Some(Arc::new(by_source(resolver, raw, scope)?)),
    }
}

/// What source uses of crates outside, which says nothing of how they come in.
fn by_source(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawExternal>,
    scope: &Scope,
) -> Option<LayerExternal> {
    let span = raw.span();
    let raw = raw.get_ref();
    let of_manifests = [
        ("deny", raw.deny.is_some()),
        ("via", raw.via == Via::Any),
        ("dependency-kinds", raw.dependency_kinds.is_some()),
        ("features", raw.features.is_some()),
        ("targets", raw.targets.is_some()),
    ];
    for (key, _) in of_manifests.into_iter().filter(|(_, is_there)| *is_there) {
        let message = format!("`{key}` is about Cargo.toml, and this rule is about source");
        let help = match key {
            "deny" => "use the verb `forbid` for what source may not use",
            _ => "leave out `by = \"source\"`, or the key",
        };
        resolver.complain(message, scope.at(span.clone()), "by source", Some(help.to_owned()));
    }
    let from = resolver.operand(&raw.from, scope);
    let Some(allow) = &raw.allow else {
        let message = "`external` does not say what to allow".to_owned();
        let help = "add `allow = […]`".to_owned();
        resolver.complain(message, scope.at(span), "nothing is demanded", Some(help));
        return None;
    };
    let allowed = match allow.list.as_slice() {
        // Nothing is allowed: that is a demand like any other.
        [] => Operand { location: scope.at(allow.span.clone()), ..Operand::default() },
        _ => resolver.operand(allow, scope),
    };
    Some(LayerExternal::by_source(from, allowed))
}

fn by_manifest(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawExternal>,
    at_hand: bool,
    scope: &Scope,
    workspace: &Workspace<'_>,
) -> Option<External> {
    let span = raw.span();
    let raw = raw.get_ref();
    let from = packages(resolver, &raw.from, scope);
    let allow = raw.allow.as_ref().map(|allow| match allow.list.as_slice() {
        // Nothing is allowed: that is a demand like any other.
        [] => Operand { location: scope.at(allow.span.clone()), ..Operand::default() },
        _ => packages(resolver, allow, scope),
    });
    let deny = raw.deny.as_ref().map(|deny| packages(resolver, deny, scope));
    if allow.is_none() && deny.is_none() {
        let message = "`external` says neither what to allow nor what to deny".to_owned();
        let help = "add `allow = […]`, `deny = […]` or both".to_owned();
        resolver.complain(message, scope.at(span), "nothing is demanded", Some(help));
        return None;
    }
    if raw.dependency_kinds.as_ref().is_some_and(Vec::is_empty) {
        let message = "an empty list of kinds leaves nothing to look at".to_owned();
        resolver.complain(message, scope.at(span), "`dependency-kinds` is empty", None);
    }
    let features = raw.features.as_ref().map(|features| {
        let placed = |text: &Spanned<String>| (text.get_ref().clone(), scope.at(text.span()));
        features.list.iter().map(placed).collect()
    });
    let targets = raw.targets.as_ref().map(|targets| platforms(resolver, targets, scope));
    let may_be_outside = |term: &Term| workspace.may_be_outside(term);
    let denies_outside = deny.as_ref().is_some_and(|deny| deny.terms.iter().any(may_be_outside));
    let reaches_outside = raw.via == Via::Any && denies_outside;
    let (via, kinds) = (raw.via, raw.dependency_kinds.clone());
    Some(External { from, allow, deny, via, kinds, features, targets, reaches_outside, at_hand })
}

/// A list of packages. What is less than one is refused; sets may hold paths of the standard
/// library, which no Cargo.toml names.
fn packages(resolver: &mut Resolver<'_>, raw: &RawPatterns, scope: &Scope) -> Operand {
    let mut operand = resolver.operand(raw, scope);
    operand.terms.retain(|term| {
        let (is_part, root) = match &term.kind {
            TermKind::Path(pattern) => {
                let is_part = pattern.segments().len() > 1 || pattern.target().is_some();
                (is_part, pattern.literal_root())
            }
            TermKind::Layer { within, .. } => (within.is_some(), None),
        };
        if let Some(root) = root.filter(|root| is_sysroot(root)) {
            if term.set.is_none() {
                let message = format!("`{root}` comes with the compiler: no Cargo.toml names it");
                let help = "use the verb `forbid` for paths".to_owned();
                resolver.complain(message, term.location.clone(), "no package", Some(help));
            }
            return false;
        }
        if is_part {
            let name = term.set.as_ref().map(|set| format!(" (of the set `{set}`)"));
            let message = format!(
                "`{}`{} is a part of a package, and Cargo.toml speaks of whole packages",
                term.text,
                name.unwrap_or_default()
            );
            let help = match root {
                Some(root) => format!("name the package `{root}`, or use the verb `forbid`"),
                None => "name packages, or use the verb `forbid`".to_owned(),
            };
            resolver.complain(message, term.location.clone(), "not a package", Some(help));
        }
        !is_part
    });
    operand
}

fn platforms(resolver: &mut Resolver<'_>, raw: &RawPatterns, scope: &Scope) -> Vec<Platform> {
    if raw.list.is_empty() {
        let message = "an empty list of targets leaves nothing to look at".to_owned();
        resolver.complain(message, scope.at(raw.span.clone()), "nothing in it", None);
    }
    let mut platforms = Vec::new();
    for text in &raw.list {
        match text.get_ref().parse::<Platform>() {
            Ok(platform) => platforms.push(platform),
            Err(error) => {
                let help = error.help();
                let at = scope.at(text.span());
                resolver.complain(error.to_string(), at, "not a target", Some(help));
            }
        }
    }
    platforms
}
