//! What lists of path patterns and `@names` stand for.

use indexmap::IndexMap;
use serde_spanned::Spanned;

use super::captures::check_slices;
use super::merge::{Merged, Scope, label};
use super::raw::RawPatterns;
use super::{LayerId, Operand, Problem, Term, TermKind};
use crate::finding::Location;
use crate::pattern::{Pattern, PatternError};
use crate::suggest;

/// Resolves names against everything that the files say, and collects what is wrong.
pub(super) struct Resolver<'a> {
    merged: &'a Merged,
    layers: IndexMap<String, LayerId>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(merged: &'a Merged, problems: Vec<Problem>) -> Self {
        let layers = merged
            .layers
            .keys()
            .enumerate()
            .map(|(index, name)| (name.clone(), LayerId(u16::try_from(index).unwrap_or(u16::MAX))))
            .collect();
        Self { merged, layers, problems }
    }

    /// The layer of this name in the workspace.
    pub(super) fn layer_id(&self, name: &str) -> Option<LayerId> {
        self.layers.get(name).copied()
    }

    /// The names of the workspace's layers.
    pub(super) fn layer_names(&self) -> impl Iterator<Item = &str> {
        self.layers.keys().map(String::as_str)
    }

    /// Whether two packs define the same thing without one building on the other.
    pub(super) fn are_rivals(&self, earlier: (&str, &Location), later: (&str, &Location)) -> bool {
        self.merged.are_rivals(earlier, later)
    }

    /// Notes a mistake with one place.
    pub(super) fn complain(
        &mut self,
        message: String,
        at: Location,
        text: &str,
        help: Option<String>,
    ) {
        self.problems.push(Problem { message, labels: vec![label(at, text)], help });
    }

    /// What a list stands for as part of a rule in which nothing is compared with what a
    /// pattern captures.
    pub(super) fn operand(&mut self, patterns: &RawPatterns, scope: &Scope) -> Operand {
        let mut operand = self.capturing_operand(patterns, scope);
        operand.terms.retain(|term| {
            let is_plain = term.own_captures().next().is_none();
            if !is_plain {
                let message = format!(
                    "`{}` captures a segment, with which nothing is compared here",
                    term.text
                );
                let help = "write `*` where the segment may differ".to_owned();
                self.complain(message, term.location.clone(), "a capture", Some(help));
            }
            is_plain
        });
        operand
    }

    /// What a list stands for as part of a rule that compares what its patterns capture.
    pub(super) fn capturing_operand(&mut self, patterns: &RawPatterns, scope: &Scope) -> Operand {
        let location = scope.at(patterns.span.clone());
        if patterns.list.is_empty() {
            let message = "an empty list stands for nothing".to_owned();
            self.complain(message, location.clone(), "nothing in it", None);
        }
        let mut operand = Operand { location, ..Operand::default() };
        for text in &patterns.list {
            let at = scope.at(text.span());
            operand.words.push(self.word(text.get_ref(), scope));
            operand.terms.extend(self.terms(text.get_ref(), &at, scope, &mut Vec::new()));
        }
        operand
    }

    /// What the members of a layer stand for: `@names` are written out as the patterns
    /// behind them.
    pub(super) fn members(
        &mut self,
        patterns: &RawPatterns,
        scope: &Scope,
        layer: &str,
    ) -> Vec<Term> {
        let mut terms = Vec::new();
        for text in &patterns.list {
            let at = scope.at(text.span());
            let mut within = vec![layer.to_owned()];
            for pattern in self.subtrees(text.get_ref(), &at, scope, &mut within) {
                let (text, location) = (text.get_ref().clone(), at.clone());
                terms.push(Term { kind: TermKind::Path(pattern), text, location, set: None });
            }
        }
        check_slices(self, &terms);
        terms
    }

    /// A pattern in words: without the `@`, and with the workspace's name for a layer.
    fn word(&self, text: &str, scope: &Scope) -> String {
        let Some(name) = text.strip_prefix('@') else { return text.to_owned() };
        let (name, rest) = name.split_once("::").unwrap_or((name, ""));
        let name = if self.merged.sets.contains_key(name) { name } else { scope.layer(name) };
        if rest.is_empty() { name.to_owned() } else { format!("{name}::{rest}") }
    }

    /// What one entry of an operand stands for. `within` are the sets being written out.
    fn terms(
        &mut self,
        text: &str,
        at: &Location,
        scope: &Scope,
        within: &mut Vec<String>,
    ) -> Vec<Term> {
        let term = |kind| Term { kind, text: text.to_owned(), location: at.clone(), set: None };
        let Some(name) = text.strip_prefix('@') else {
            return self
                .pattern(text, at)
                .map(|pattern| term(TermKind::Path(pattern)))
                .into_iter()
                .collect();
        };
        let (name, rest) = match name.split_once("::") {
            Some((name, rest)) => (name, Some(rest)),
            None => (name, None),
        };
        if let Some(layer) = self.layer_id(scope.layer(name)) {
            let subtrees = match rest {
                None => None,
                Some(rest) => {
                    let members = self.layer_subtrees(scope.layer(name), at, &mut Vec::new());
                    Some(self.join(&members, rest, at))
                }
            };
            return vec![term(TermKind::Layer { layer, within: subtrees })];
        }
        let Some(set) = self.merged.sets.get(name).map(|set| set.seen_from(scope)) else {
            self.unknown(name, at);
            return Vec::new();
        };
        if rest.is_some() {
            let subtrees = self.subtrees(text, at, scope, within);
            let terms = subtrees.into_iter().map(|pattern| term(TermKind::Path(pattern)));
            return terms.map(|term| Term { set: Some(name.to_owned()), ..term }).collect();
        }
        if self.is_circular(name, at, within) {
            return Vec::new();
        }
        within.push(name.to_owned());
        let mut terms = Vec::new();
        for entry in &set.value.list {
            let entries = self.terms(entry.get_ref(), at, &set.scope, within);
            terms.extend(entries.into_iter().map(|term| Term {
                set: Some(name.to_owned()),
                location: at.clone(),
                ..term
            }));
        }
        within.pop();
        terms
    }

    /// The subtrees that one entry stands for, layers taken as their members.
    pub(super) fn subtrees(
        &mut self,
        text: &str,
        at: &Location,
        scope: &Scope,
        within: &mut Vec<String>,
    ) -> Vec<Pattern> {
        let Some(name) = text.strip_prefix('@') else {
            return self.pattern(text, at).into_iter().collect();
        };
        let (name, rest) = match name.split_once("::") {
            Some((name, rest)) => (name, Some(rest)),
            None => (name, None),
        };
        let patterns = if self.merged.layers.contains_key(scope.layer(name)) {
            self.layer_subtrees(scope.layer(name), at, within)
        } else if let Some(set) = self.merged.sets.get(name).map(|set| set.seen_from(scope)) {
            if self.is_circular(name, at, within) {
                return Vec::new();
            }
            within.push(name.to_owned());
            let mut patterns = Vec::new();
            for entry in &set.value.list {
                patterns.extend(self.subtrees(entry.get_ref(), at, &set.scope, within));
            }
            within.pop();
            patterns
        } else {
            self.unknown(name, at);
            Vec::new()
        };
        match rest {
            Some(rest) => self.join(&patterns, rest, at),
            None => patterns,
        }
    }

    fn layer_subtrees(
        &mut self,
        name: &str,
        at: &Location,
        within: &mut Vec<String>,
    ) -> Vec<Pattern> {
        if self.is_circular(name, at, within) {
            return Vec::new();
        }
        let Some(draft) = self.merged.layers.get(name) else { return Vec::new() };
        within.push(name.to_owned());
        let mut patterns: Vec<Pattern> =
            draft.claims.iter().map(|(package, _)| Pattern::package(package)).collect();
        if let Some(members) = &draft.members {
            for entry in &members.value.list {
                patterns.extend(self.subtrees(entry.get_ref(), at, &members.scope, within));
            }
        }
        within.pop();
        patterns
    }

    fn is_circular(&mut self, name: &str, at: &Location, within: &[String]) -> bool {
        let is_circular = within.iter().any(|outer| outer == name);
        if is_circular {
            let message = format!("`{name}` is defined by itself");
            self.complain(message, at.clone(), &format!("leads back to `{name}`"), None);
        }
        is_circular
    }

    pub(super) fn join(&mut self, patterns: &[Pattern], rest: &str, at: &Location) -> Vec<Pattern> {
        let joined: Result<Vec<Pattern>, PatternError> =
            patterns.iter().map(|pattern| pattern.join(rest)).collect();
        match joined {
            Ok(patterns) => patterns,
            Err(error) => {
                self.complain(error.to_string(), at.clone(), "in this pattern", None);
                Vec::new()
            }
        }
    }

    /// Compiles one pattern.
    pub(super) fn pattern(&mut self, text: &str, at: &Location) -> Option<Pattern> {
        match Pattern::parse(text) {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let names: Vec<&str> =
                    text.split([':', '/', '.']).filter(|name| !name.is_empty()).collect();
                let mended = names.join("::");
                let is_better = mended != text && Pattern::parse(&mended).is_ok();
                let help = is_better.then(|| format!("did you mean `{mended}`?"));
                self.complain(error.to_string(), at.clone(), "in this pattern", help);
                None
            }
        }
    }

    fn unknown(&mut self, name: &str, at: &Location) {
        let known = self.merged.layers.keys().chain(self.merged.sets.keys()).map(String::as_str);
        let help = suggest::help(name, "layers and sets", known);
        let message = format!("no layer and no set is called `{name}`");
        self.complain(message, at.clone(), "not defined", Some(help));
    }

    /// The layer that a word of `may-use` names, with or without `@`.
    pub(super) fn layer_named(&mut self, text: &Spanned<String>, scope: &Scope) -> Option<LayerId> {
        let name = text.get_ref().strip_prefix('@').unwrap_or(text.get_ref());
        let layer = self.layer_id(scope.layer(name));
        if layer.is_none() {
            let known = self.merged.layers.keys().map(String::as_str);
            let help = suggest::help(name, "layers", known);
            let message = format!("no layer is called `{name}`");
            self.complain(message, scope.at(text.span()), "not defined", Some(help));
        }
        layer
    }
}
