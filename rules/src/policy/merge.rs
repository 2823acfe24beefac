//! Joining a file with what it extends.

mod layers;
mod sets;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_spanned::Spanned;

use super::raw::{RawEntry, RawPatterns};
use super::{Attached, Extension, Member, Problem, Source};
use crate::facts::Span;
use crate::finding::{Label, Location};
use crate::suggest;
pub(super) use layers::LayerDraft;
use layers::PackDemand;
pub(super) use sets::SetDraft;

/// The file that a text stands in, and what the names of layers mean there.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    file: Rc<str>,
    /// The pack it is, and the entry of a file of the workspace that brings it in, maybe by
    /// way of other packs.
    pub(super) pack: Option<(String, Location)>,
    layers: Rc<BTreeMap<String, String>>,
    attached: Rc<[Attached]>,
}

impl Scope {
    /// A stretch of this file.
    pub(super) fn at(&self, span: Range<usize>) -> Location {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span { start: offset(span.start), end: offset(span.end) };
        Location { file: self.file.to_string(), span }
    }

    /// The file that a rule here calls `name`, if its text is at hand.
    pub(super) fn attached(&self, name: &str) -> Option<&Attached> {
        self.attached.iter().find(|attached| attached.name == name)
    }

    /// What names mean in a file that is attached to this one: the same as here.
    pub(super) fn within(&self, attached: &Attached) -> Self {
        Self { file: attached.file.as_str().into(), ..self.clone() }
    }

    /// The names of layers that are called differently in the workspace.
    pub(super) fn mapped(&self) -> impl Iterator<Item = &str> {
        self.layers.keys().map(String::as_str)
    }

    /// The pack it is, and the entry that brings it in.
    fn pack(&self) -> Option<(&str, &Location)> {
        self.pack.as_ref().map(|(name, entry)| (name.as_str(), entry))
    }

    /// What the workspace calls the layer that is called `name` here.
    pub(super) fn layer<'a>(&'a self, name: &'a str) -> &'a str {
        self.layers.get(name).map_or(name, String::as_str)
    }
}

/// A text with the file it stands in.
#[derive(Clone, Debug)]
pub(super) struct Placed<T> {
    pub(super) value: T,
    pub(super) scope: Scope,
}

/// Everything that a file and what it extends say, the outer files last.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged {
    pub(super) layers: IndexMap<String, LayerDraft>,
    pub(super) sets: IndexMap<String, SetDraft>,
    pub(super) rules: Vec<(Spanned<String>, Placed<RawEntry>)>,
    /// Rules that need not be proved, each with the reason.
    pub(super) accepted: Vec<(Spanned<String>, Placed<Spanned<String>>)>,
    /// The packs that are in already, each with what its layers are called here: a pack
    /// that comes in by two ways counts once.
    packs: BTreeSet<(String, BTreeMap<String, String>)>,
    /// Each pack with those it extends, directly or not.
    below: BTreeMap<String, BTreeSet<String>>,
}

/// Joins `source` with what it extends and what packages say of themselves.
pub(super) fn merge(source: &Source, members: &[Member], problems: &mut Vec<Problem>) -> Merged {
    let mut merged = Merged::default();
    let scope = Scope {
        file: source.file.as_str().into(),
        pack: None,
        layers: Rc::new(BTreeMap::new()),
        attached: source.attached.as_slice().into(),
    };
    merged.add(source, &scope, problems);
    merged.add_claims(members, problems);
    for (name, set) in &merged.sets {
        if let Some(layer) = merged.layers.get(name) {
            problems.push(Problem {
                message: format!("`{name}` is a layer and a set, so `@{name}` could mean either"),
                labels: vec![
                    label(layer.location.clone(), "the layer"),
                    label(set.last.scope.at(set.last.value.span.clone()), "the set"),
                ],
                help: Some("give one of them another name".to_owned()),
            });
        }
    }
    merged
}

impl Merged {
    fn add(&mut self, source: &Source, scope: &Scope, problems: &mut Vec<Problem>) {
        for extension in &source.extends {
            let inner = inner_scope(extension, scope);
            check_names(extension, problems);
            if self.is_new(extension, &inner, scope) {
                self.add(&extension.source, &inner, problems);
            }
        }
        self.add_layers(source, scope, problems);
        for (name, patterns) in &source.raw.sets {
            check_name(name, "set", scope, problems);
            let set = Placed { value: patterns.clone(), scope: scope.clone() };
            problems.extend(self.clash(name, &set));
            self.define(name.get_ref(), set);
        }
        for (id, entry) in &source.raw.rules {
            check_name(id, "rule", scope, problems);
            self.rules.push((id.clone(), Placed { value: entry.clone(), scope: scope.clone() }));
        }
        for (id, reason) in &source.raw.prove.accept {
            let reason = Placed { value: reason.clone(), scope: scope.clone() };
            self.accepted.push((id.clone(), reason));
        }
    }

    /// Whether an extension is no pack that is in already under the same names, and notes
    /// that `outer` builds on it.
    fn is_new(&mut self, extension: &Extension, inner: &Scope, outer: &Scope) -> bool {
        let Some(pack) = &extension.pack else { return true };
        if let Some((above, _)) = &outer.pack {
            self.below.entry(above.clone()).or_default().insert(pack.clone());
        }
        // A name that the pack does not speak of may mean anything.
        let names = layer_names(&extension.source).into_iter();
        let layers = names.map(|name| (name.to_owned(), inner.layer(name).to_owned())).collect();
        self.packs.insert((pack.clone(), layers))
    }

    /// Whether what the pack `later` says would take the place of what the pack `earlier`
    /// says by mere chance: it does not build on it.
    pub(super) fn are_rivals(&self, earlier: (&str, &Location), later: (&str, &Location)) -> bool {
        earlier != later && !self.builds_on(later.0, earlier.0)
    }

    /// Adds what a file says of a set.
    fn define(&mut self, name: &str, set: Placed<RawPatterns>) {
        let Some(earlier) = self.sets.get(name) else {
            self.sets.insert(name.to_owned(), SetDraft::new(set));
            return;
        };
        let packs = earlier.last.scope.pack().zip(set.scope.pack());
        let is_below = packs.is_some_and(|(first, second)| self.builds_on(first.0, second.0));
        if let Some(draft) = self.sets.get_mut(name) {
            draft.define(set, !is_below);
        }
    }

    /// The problem that two packs define a set each in its own way.
    fn clash(&self, name: &Spanned<String>, set: &Placed<RawPatterns>) -> Option<Problem> {
        let earlier = &self.sets.get(name.get_ref())?.last;
        let (first, second) = (earlier.scope.pack()?, set.scope.pack()?);
        let is_rival = self.are_rivals(first, second) && self.are_rivals(second, first);
        if texts(&earlier.value) == texts(&set.value) || !is_rival {
            return None;
        }
        let message = format!("two packs define the set `{}`, each in its own way", name.get_ref());
        let labels = [first, second]
            .map(|(pack, entry)| label(entry.clone(), &format!("`{pack}` comes in here")));
        let help = Some("extend one of the packs only".to_owned());
        Some(Problem { message, labels: labels.into(), help })
    }

    fn builds_on(&self, pack: &str, other: &str) -> bool {
        let below = self.below.get(pack).into_iter().flatten();
        below.into_iter().any(|inner| inner == other || self.builds_on(inner, other))
    }

    fn add_layers(&mut self, source: &Source, scope: &Scope, problems: &mut Vec<Problem>) {
        for (name, layer) in &source.raw.layers {
            check_name(name, "layer", scope, problems);
            let placed =
                |patterns: &RawPatterns| Placed { value: patterns.clone(), scope: scope.clone() };
            let draft = self.draft(scope.layer(name.get_ref()), scope.at(name.span()));
            let is_optional = layer.optional.unwrap_or(false);
            match &scope.pack {
                Some((pack, entry)) => draft.packs.push(PackDemand {
                    pack: pack.clone(),
                    entry: entry.clone(),
                    optional: is_optional,
                }),
                None => draft.may_be_left_out |= is_optional,
            }
            if let Some(members) = &layer.members {
                draft.location = scope.at(name.span());
                draft.members = Some(placed(members));
                draft.may_be_empty = is_optional;
            }
            if let Some(may_use) = &layer.may_use {
                draft.may_use = Some(placed(may_use));
            }
            if let Some(external) = &layer.external {
                draft.external = Some(placed(external));
            }
            draft.tests = layer.tests.unwrap_or(draft.tests);
        }
    }

    fn draft(&mut self, name: &str, location: Location) -> &mut LayerDraft {
        self.layers.entry(name.to_owned()).or_insert_with(|| LayerDraft::new(location))
    }

    /// Adds the packages that name their own layer. Where files define layers, it must be
    /// one of those.
    fn add_claims(&mut self, members: &[Member], problems: &mut Vec<Problem>) {
        let known: BTreeSet<String> = self.layers.keys().cloned().collect();
        for member in members {
            let Some(layer) = &member.layer else { continue };
            let location = Location { file: member.manifest.clone(), span: Span::default() };
            if !known.is_empty() && !known.contains(layer) {
                problems.push(Problem {
                    message: format!(
                        "{} puts the package `{}` into the layer `{layer}`, which is not defined",
                        member.manifest, member.package
                    ),
                    labels: vec![label(location, "`[package.metadata.layers] layer`")],
                    help: Some(suggest::help(layer, "layers", known.iter().map(String::as_str))),
                });
                continue;
            }
            let draft = self.draft(layer, location);
            draft.claims.push((member.package.clone(), member.manifest.clone()));
        }
    }
}

fn texts(patterns: &RawPatterns) -> Vec<&str> {
    patterns.list.iter().map(|text| text.get_ref().as_str()).collect()
}

/// The scope of what a file extends. What is in a pack is told as being at the entry of
/// the file of the workspace that brings it in, and names of its layers pass through all
/// mappings on the way.
fn inner_scope(extension: &Extension, outer: &Scope) -> Scope {
    let mut layers: BTreeMap<String, String> = (*outer.layers).clone();
    for (theirs, (ours, _)) in &extension.layers {
        layers.insert(theirs.clone(), outer.layer(ours).to_owned());
    }
    let entry = outer.pack.as_ref().map_or(&extension.entry, |(_, entry)| entry);
    let own = extension.pack.clone().map(|pack| (pack, entry.clone()));
    Scope {
        file: extension.source.file.as_str().into(),
        pack: own.or_else(|| outer.pack.clone()),
        layers: Rc::new(layers),
        attached: extension.source.attached.as_slice().into(),
    }
}

/// A mapping of names must begin with names that the extended file has.
fn check_names(extension: &Extension, problems: &mut Vec<Problem>) {
    let known = layer_names(&extension.source);
    for (theirs, (_, location)) in &extension.layers {
        if !known.contains(theirs.as_str()) {
            problems.push(Problem {
                message: format!("`{}` speaks of no layer `{theirs}`", extension.source.file),
                labels: vec![label(location.clone(), "no layer there is called so")],
                help: Some(suggest::help(theirs, "layers there", known.iter().copied())),
            });
        }
    }
}

fn layer_names(source: &Source) -> BTreeSet<&str> {
    let own = source.raw.layers.keys().map(|name| name.get_ref().as_str());
    let inner = source.extends.iter().flat_map(|extension| {
        layer_names(&extension.source).into_iter().map(|name| match extension.layers.get(name) {
            Some((ours, _)) => ours.as_str(),
            None => name,
        })
    });
    own.chain(inner).collect()
}

fn check_name(name: &Spanned<String>, what: &str, scope: &Scope, problems: &mut Vec<Problem>) {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if name.get_ref().is_empty() || !name.get_ref().chars().all(is_plain) {
        problems.push(Problem {
            message: format!("`{}` cannot be the name of a {what}", name.get_ref()),
            labels: vec![label(scope.at(name.span()), "letters, digits, `-` and `_` only")],
            help: None,
        });
    }
}

/// A label with these words.
pub(super) fn label(location: Location, text: &str) -> Label {
    Label { location, text: text.to_owned() }
}

#[cfg(test)]
mod tests;
