//! From tables of predicates to selectors of items.

mod about;
mod amounts;

use std::ops::Range;

use globset::{GlobBuilder, GlobMatcher};
use serde_spanned::Spanned;

use super::merge::Scope;
use super::operand::Resolver;
use super::raw::{RawPatterns, RawSelector, RawTypes};
use super::{Operand, Term};
use crate::pattern::{Glob, Pattern};
use crate::suggest;
use crate::verbs::{
    Flag, KIND_WORDS, NamedTarget, RECEIVER_WORDS, Returns, Selector, Types, VisibilityWord,
};
pub(super) use about::About;
use amounts::{amount, implemented, parts};

/// The word for a function without a written result.
const NOTHING: &str = "none";

/// Compiles a selector of things that are known to be `about`; gives what the selected ones
/// are known to be.
pub(super) fn selector(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawSelector>,
    scope: &Scope,
    about: About,
) -> (Selector, About) {
    let at = scope.at(raw.span());
    let raw = raw.get_ref();
    let mistakes = resolver.problems.len();
    let kinds =
        raw.kind.as_ref().map(|raw| words(resolver, raw, scope, "kinds of items", &KIND_WORDS));
    let about = about::narrowed(resolver, raw, scope, about, kinds.as_deref());
    let inner = |resolver: &mut Resolver<'_>, raw: &Spanned<RawSelector>| {
        selector(resolver, raw, scope, about).0
    };
    let mut all_of = |list: &Option<Vec<Spanned<RawSelector>>>| -> Option<Vec<Selector>> {
        let list = list.as_ref()?;
        Some(list.iter().map(|raw| inner(resolver, raw)).collect())
    };
    let any = all_of(&raw.any);
    let all = all_of(&raw.all);
    let not = raw.not.as_ref().map(|raw| Box::new(inner(resolver, raw)));
    let mut named =
        |raw: &Option<RawPatterns>| raw.as_ref().map(|raw| targets(resolver, raw, scope));
    let attributes = named(&raw.attribute);
    let derives = named(&raw.derives);
    let implements = named(&raw.implements);
    let signature_mentions_only = named(&raw.signature_mentions_only);
    let body_uses = named(&raw.body_uses);
    let body_runs = named(&raw.body_runs);
    let mut mentioned =
        |raw: &Option<RawTypes>| raw.as_ref().map(|raw| types(resolver, raw, scope));
    let signature_mentions = mentioned(&raw.signature_mentions);
    let exposes = mentioned(&raw.exposes);
    let visibilities = &VisibilityWord::WORDS;
    let ways = "ways to take `self`";
    let compiled = Selector {
        kinds,
        names: raw.name.as_ref().map(|raw| names(resolver, raw, scope)),
        paths: raw.path.as_ref().map(|raw| resolver.operand(raw, scope)),
        within: raw.within.as_ref().map(|raw| resolver.operand(raw, scope)),
        files: raw.file.as_ref().map(|raw| files(resolver, raw, scope)),
        visibility: raw
            .visibility
            .as_ref()
            .map(|raw| words(resolver, raw, scope, "visibilities", visibilities)),
        visible_outside: raw.visible_outside.as_ref().map(|raw| resolver.operand(raw, scope)),
        flags: flags(raw),
        receivers: raw
            .receiver
            .as_ref()
            .map(|raw| words(resolver, raw, scope, ways, &RECEIVER_WORDS)),
        lines: raw.lines.as_ref().map(|raw| amount(resolver, raw, scope)),
        attributes,
        derives,
        implements,
        implemented: raw.implemented.as_ref().map(|raw| implemented(resolver, raw, scope)),
        parameters: parts(resolver, raw.parameters.as_ref(), scope, About::PARAMETER),
        returns: raw.returns.as_ref().map(|raw| returns(resolver, raw, scope)),
        fields: parts(resolver, raw.fields.as_ref(), scope, About::FIELD),
        methods: parts(resolver, raw.methods.as_ref(), scope, About::METHOD),
        holds: parts(resolver, raw.holds.as_ref(), scope, About::ANYTHING),
        same_file: parts(resolver, raw.same_file.as_ref(), scope, About::ANYTHING),
        signature_mentions,
        signature_mentions_only,
        exposes,
        body_uses,
        body_runs,
        body_calls_method: raw.body_calls_method.as_ref().map(|raw| names(resolver, raw, scope)),
        any,
        all,
        not,
    };
    if compiled.is_empty() && resolver.problems.len() == mistakes {
        let message = "an empty table says nothing of an item".to_owned();
        let help = "name what is meant with `kind`, `name`, `in` or another key".to_owned();
        resolver.complain(message, at, "nothing in it", Some(help));
    }
    (compiled, about)
}

/// The keys that are true or false, each with its place.
fn flags_of(raw: &RawSelector) -> [(&'static str, Flag, Option<&Spanned<bool>>); 10] {
    [
        ("async", Flag::Async, raw.is_async.as_ref()),
        ("unsafe", Flag::Unsafe, raw.is_unsafe.as_ref()),
        ("const", Flag::Const, raw.is_const.as_ref()),
        ("generic", Flag::Generic, raw.generic.as_ref()),
        ("mutable", Flag::Mutable, raw.mutable.as_ref()),
        ("documented", Flag::Documented, raw.documented.as_ref()),
        ("has-body", Flag::HasBody, raw.has_body.as_ref()),
        ("exported", Flag::Exported, raw.exported.as_ref()),
        ("test", Flag::Test, raw.test.as_ref()),
        ("tested", Flag::Tested, raw.tested.as_ref()),
    ]
}

fn flags(raw: &RawSelector) -> Vec<(Flag, bool)> {
    let flags = flags_of(raw).into_iter();
    flags.filter_map(|(_, flag, is_so)| Some((flag, *is_so?.get_ref()))).collect()
}

/// The values that words of a fixed list stand for.
fn words<T: Copy>(
    resolver: &mut Resolver<'_>,
    raw: &RawPatterns,
    scope: &Scope,
    what: &str,
    known: &[(&'static str, T)],
) -> Vec<T> {
    not_empty(resolver, raw, scope);
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
    not_empty(resolver, raw, scope);
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

fn files(
    resolver: &mut Resolver<'_>,
    raw: &RawPatterns,
    scope: &Scope,
) -> Vec<(String, GlobMatcher)> {
    not_empty(resolver, raw, scope);
    let mut globs = Vec::new();
    for text in &raw.list {
        let at = scope.at(text.span());
        if text.get_ref().starts_with(['/', '.', '\\']) {
            let message = format!("no file of the workspace is called `{}`", text.get_ref());
            let help = "a path begins at the workspace root, as in `crates/*/src/**`".to_owned();
            resolver.complain(message, at, "in this path", Some(help));
            continue;
        }
        match GlobBuilder::new(text.get_ref()).literal_separator(true).build() {
            Ok(glob) => globs.push((text.get_ref().clone(), glob.compile_matcher())),
            Err(error) => {
                let message =
                    format!("`{}` is no pattern for files: {}", text.get_ref(), error.kind());
                resolver.complain(message, at, "in this path", None);
            }
        }
    }
    globs
}

fn not_empty(resolver: &mut Resolver<'_>, raw: &RawPatterns, scope: &Scope) {
    if raw.list.is_empty() {
        let message = "an empty list stands for nothing".to_owned();
        resolver.complain(message, scope.at(raw.span.clone()), "nothing in it", None);
    }
}

/// Compiles types that are named, or told by what they are like.
fn types(resolver: &mut Resolver<'_>, raw: &RawTypes, scope: &Scope) -> Types {
    match raw {
        RawTypes::Named(patterns) => Types::Named(targets(resolver, patterns, scope)),
        RawTypes::Such(raw) => Types::Such(Box::new(selector(resolver, raw, scope, About::TYPE).0)),
    }
}

fn returns(resolver: &mut Resolver<'_>, raw: &RawTypes, scope: &Scope) -> Returns {
    let RawTypes::Named(raw) = raw else {
        return Returns { nothing: false, types: Some(types(resolver, raw, scope)) };
    };
    let is_nothing = |text: &Spanned<String>| text.get_ref() == NOTHING;
    let nothing = raw.list.iter().any(is_nothing);
    let types: Vec<Spanned<String>> =
        raw.list.iter().filter(|text| !is_nothing(text)).cloned().collect();
    let is_given = !types.is_empty() || !nothing;
    let types = RawPatterns { list: types, span: raw.span.clone() };
    let types = is_given.then(|| Types::Named(targets(resolver, &types, scope)));
    Returns { nothing, types }
}

/// What attributes, derives, traits and types are compared with: what a name resolves to,
/// and the name alone where a pattern is just a name.
fn targets(resolver: &mut Resolver<'_>, raw: &RawPatterns, scope: &Scope) -> NamedTarget {
    let operand = resolver.operand(raw, scope);
    let is_path = |text: &&Spanned<String>| !text.get_ref().starts_with('@');
    let written = raw
        .list
        .iter()
        .filter(is_path)
        .filter_map(|text| Pattern::parse(text.get_ref()).ok())
        .collect();
    let is_name = |text: &str| !text.starts_with('@') && !text.contains("::");
    let words = raw.list.iter().zip(&operand.words);
    let words = words.filter(|(text, _)| !is_name(text.get_ref()));
    let words: Vec<String> = words.map(|(_, word)| word.clone()).collect();
    let terms: Vec<Term> = operand
        .terms
        .iter()
        .filter(|term| term.set.is_some() || !is_name(&term.text))
        .cloned()
        .collect();
    let location = operand.location.clone();
    let paths = (!terms.is_empty()).then_some(Operand { terms, words, location });
    NamedTarget { operand, written, paths }
}

/// Where the value of each key stands that not everything has a meaning for.
fn places(raw: &RawSelector) -> Vec<(&'static str, Range<usize>)> {
    let patterns = [
        ("path", &raw.path),
        ("in", &raw.within),
        ("file", &raw.file),
        ("visibility", &raw.visibility),
        ("visible-outside", &raw.visible_outside),
        ("attribute", &raw.attribute),
        ("derives", &raw.derives),
        ("implements", &raw.implements),
        ("self", &raw.receiver),
        ("signature-mentions-only", &raw.signature_mentions_only),
        ("body-uses", &raw.body_uses),
        ("body-runs", &raw.body_runs),
        ("body-calls-method", &raw.body_calls_method),
    ];
    let types = [
        ("returns", &raw.returns),
        ("signature-mentions", &raw.signature_mentions),
        ("exposes", &raw.exposes),
    ];
    let parts = [
        ("parameters", &raw.parameters),
        ("fields", &raw.fields),
        ("methods", &raw.methods),
        ("holds", &raw.holds),
        ("same-file", &raw.same_file),
    ];
    let patterns =
        patterns.into_iter().filter_map(|(key, raw)| Some((key, raw.as_ref()?.span.clone())));
    let types = types.into_iter().filter_map(|(key, raw)| Some((key, raw.as_ref()?.span())));
    let parts = parts.into_iter().filter_map(|(key, raw)| Some((key, raw.as_ref()?.span.clone())));
    let flags = flags_of(raw).into_iter().filter_map(|(key, _, raw)| Some((key, raw?.span())));
    let lines = raw.lines.as_ref().map(|raw| ("lines", raw.span.clone()));
    let implemented = raw.implemented.as_ref().map(|raw| ("implemented", raw.span()));
    patterns.chain(types).chain(parts).chain(flags).chain(lines).chain(implemented).collect()
}
