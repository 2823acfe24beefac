//! From tables of predicates to selectors of items.

use serde_spanned::Spanned;

use super::merge::Scope;
use super::operand::Resolver;
use super::raw::{RawPatterns, RawSelector};
use crate::facts::ItemKind;
use crate::pattern::{Glob, Pattern};
use crate::suggest;
use crate::verbs::{KIND_WORDS, NamedTarget, Selector, VisibilityWord};

/// Compiles a selector.
pub(super) fn selector(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawSelector>,
    scope: &Scope,
) -> Selector {
    let at = scope.at(raw.span());
    let raw = raw.get_ref();
    let mut all_of = |list: &Option<Vec<Spanned<RawSelector>>>| -> Option<Vec<Selector>> {
        let list = list.as_ref()?;
        Some(list.iter().map(|raw| selector(resolver, raw, scope)).collect())
    };
    let any = all_of(&raw.any);
    let all = all_of(&raw.all);
    let not = raw.not.as_ref().map(|raw| Box::new(selector(resolver, raw, scope)));
    let compiled = Selector {
        kinds: raw.kind.as_ref().map(|raw| kinds(resolver, raw, scope)),
        names: raw.name.as_ref().map(|raw| names(resolver, raw, scope)),
        paths: raw.path.as_ref().map(|raw| resolver.operand(raw, scope)),
        within: raw.within.as_ref().map(|raw| resolver.operand(raw, scope)),
        visibility: raw.visibility.as_ref().map(|raw| visibility(resolver, raw, scope)),
        attributes: raw.attribute.as_ref().map(|raw| targets(resolver, raw, scope)),
        derives: raw.derives.as_ref().map(|raw| targets(resolver, raw, scope)),
        implements: raw.implements.as_ref().map(|raw| targets(resolver, raw, scope)),
        any,
        all,
        not,
    };
    if compiled.is_empty() {
        let message = "an empty table says nothing of an item".to_owned();
        let help = "name what is meant with `kind`, `name`, `in` or another key".to_owned();
        resolver.complain(message, at, "nothing in it", Some(help));
    }
    compiled
}

fn kinds(resolver: &mut Resolver<'_>, raw: &RawPatterns, scope: &Scope) -> Vec<ItemKind> {
    words(resolver, raw, scope, "kinds of items", &KIND_WORDS)
}

fn visibility(
    resolver: &mut Resolver<'_>,
    raw: &RawPatterns,
    scope: &Scope,
) -> Vec<VisibilityWord> {
    words(resolver, raw, scope, "visibilities", &VisibilityWord::WORDS)
}

/// The values that words of a fixed list stand for.
fn words<T: Copy>(
    resolver: &mut Resolver<'_>,
    raw: &RawPatterns,
    scope: &Scope,
    what: &str,
    known: &[(&'static str, T)],
) -> Vec<T> {
    let mut values = Vec::new();
    for text in &raw.list {
        if let Some((_, value)) = known.iter().find(|(word, _)| word == text.get_ref()) {
            values.push(*value);
            continue;
        }
        let help = suggest::help(text.get_ref(), what, known.iter().map(|(word, _)| *word));
        let message = format!("`{}` is not one of the {what}", text.get_ref());
        resolver.complain(message, scope.at(text.span()), "unknown", Some(help));
    }
    values
}

fn names(resolver: &mut Resolver<'_>, raw: &RawPatterns, scope: &Scope) -> Vec<(String, Glob)> {
    let mut globs = Vec::new();
    for text in &raw.list {
        match Pattern::name(text.get_ref()) {
            Ok(glob) => globs.push((text.get_ref().clone(), glob)),
            Err(error) => {
                resolver.complain(error.to_string(), scope.at(text.span()), "in this name", None);
            }
        }
    }
    globs
}

/// What attributes, derives and traits are compared with: what a name resolves to, and
/// the name alone where a pattern is just a name.
fn targets(resolver: &mut Resolver<'_>, raw: &RawPatterns, scope: &Scope) -> NamedTarget {
    let operand = resolver.operand(raw, scope);
    let is_path = |text: &&Spanned<String>| !text.get_ref().starts_with('@');
    let written = raw
        .list
        .iter()
        .filter(is_path)
        .filter_map(|text| Pattern::parse(text.get_ref()).ok())
        .collect();
    NamedTarget { operand, written }
}
