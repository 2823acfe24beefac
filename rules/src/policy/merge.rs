//! Joining a file with what it extends.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_spanned::Spanned;

use super::raw::{RawEntry, RawPatterns};
use super::{Extension, Member, Problem, Source};
use crate::facts::Span;
use crate::finding::{Label, Location};
use crate::suggest;

/// The file that a text stands in, and what the names of layers mean there.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    file: Rc<str>,
    /// The pack it is, and the entry of a file of the workspace that extends it.
    pub(super) pack: Option<(String, Location)>,
    layers: Rc<BTreeMap<String, String>>,
}

impl Scope {
    /// A stretch of this file.
    pub(super) fn at(&self, span: Range<usize>) -> Location {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = Span { start: offset(span.start), end: offset(span.end) };
        Location { file: self.file.to_string(), span }
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

/// What all files together say of a layer.
#[derive(Clone, Debug)]
pub(super) struct LayerDraft {
    pub(super) location: Location,
    pub(super) members: Option<Placed<RawPatterns>>,
    /// Whether the entry that gives the members calls the layer optional.
    pub(super) may_be_empty: bool,
    /// Whether some entry calls it optional.
    pub(super) may_be_missing: bool,
    pub(super) may_use: Option<Placed<RawPatterns>>,
    pub(super) external: Option<Placed<RawPatterns>>,
    pub(super) tests: bool,
    /// The packs that speak of it, with the entry that extends each.
    pub(super) packs: Vec<(String, Location)>,
    /// Packages that say they belong to it, with their Cargo.toml.
    pub(super) claims: Vec<(String, String)>,
}

/// Everything that a file and what it extends say, the outer files last.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged {
    pub(super) layers: IndexMap<String, LayerDraft>,
    pub(super) sets: IndexMap<String, Placed<RawPatterns>>,
    pub(super) rules: Vec<(Spanned<String>, Placed<RawEntry>)>,
}

/// Joins `source` with what it extends and what packages say of themselves.
pub(super) fn merge(source: &Source, members: &[Member], problems: &mut Vec<Problem>) -> Merged {
    let mut merged = Merged::default();
    let scope =
        Scope { file: source.file.as_str().into(), pack: None, layers: Rc::new(BTreeMap::new()) };
    merged.add(source, &scope, problems);
    merged.add_claims(members, problems);
    for (name, set) in &merged.sets {
        if let Some(layer) = merged.layers.get(name) {
            problems.push(Problem {
                message: format!("`{name}` is a layer and a set, so `@{name}` could mean either"),
                labels: vec![
                    label(layer.location.clone(), "the layer"),
                    label(set.scope.at(set.value.span.clone()), "the set"),
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
            self.add(&extension.source, &inner, problems);
        }
        self.add_layers(source, scope, problems);
        for (name, patterns) in &source.raw.sets {
            check_name(name, "set", scope, problems);
            let set = Placed { value: patterns.clone(), scope: scope.clone() };
            let earlier = self.sets.insert(name.get_ref().clone(), set);
            if let Some(earlier) = earlier.filter(|earlier| is_rival(earlier, patterns, scope)) {
                problems.push(Problem {
                    message: format!(
                        "two packs define the set `{}`, each in its own way",
                        name.get_ref()
                    ),
                    labels: [&earlier.scope.pack, &scope.pack]
                        .into_iter()
                        .flatten()
                        .map(|(pack, entry)| {
                            label(entry.clone(), &format!("`{pack}` comes in here"))
                        })
                        .collect(),
                    help: Some("extend one of the packs only".to_owned()),
                });
            }
        }
        for (id, entry) in &source.raw.rules {
            check_name(id, "rule", scope, problems);
            self.rules.push((id.clone(), Placed { value: entry.clone(), scope: scope.clone() }));
        }
    }

    fn add_layers(&mut self, source: &Source, scope: &Scope, problems: &mut Vec<Problem>) {
        for (name, layer) in &source.raw.layers {
            check_name(name, "layer", scope, problems);
            let placed =
                |patterns: &RawPatterns| Placed { value: patterns.clone(), scope: scope.clone() };
            let draft = self.draft(scope.layer(name.get_ref()), scope.at(name.span()));
            let is_optional = layer.optional.unwrap_or(false);
            draft.may_be_missing |= is_optional;
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
            draft.packs.extend(scope.pack.clone());
        }
    }

    fn draft(&mut self, name: &str, location: Location) -> &mut LayerDraft {
        self.layers.entry(name.to_owned()).or_insert_with(|| LayerDraft {
            location,
            members: None,
            may_be_empty: false,
            may_be_missing: false,
            may_use: None,
            external: None,
            tests: false,
            packs: Vec::new(),
            claims: Vec::new(),
        })
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

/// Whether a pack defines otherwise what another pack has defined before it.
fn is_rival(earlier: &Placed<RawPatterns>, patterns: &RawPatterns, scope: &Scope) -> bool {
    let texts = |patterns: &RawPatterns| -> Vec<String> {
        patterns.list.iter().map(|text| text.get_ref().clone()).collect()
    };
    earlier.scope.pack.is_some() && scope.pack.is_some() && texts(&earlier.value) != texts(patterns)
}

/// The scope of what a file extends. What is in a pack is told as being at the entry of
/// the file that extends it, and names of its layers pass through both mappings.
fn inner_scope(extension: &Extension, outer: &Scope) -> Scope {
    let mut layers: BTreeMap<String, String> = (*outer.layers).clone();
    for (theirs, (ours, _)) in &extension.layers {
        layers.insert(theirs.clone(), outer.layer(ours).to_owned());
    }
    let own = extension.pack.clone().map(|pack| (pack, extension.entry.clone()));
    Scope {
        file: extension.source.file.as_str().into(),
        pack: outer.pack.clone().or(own),
        layers: Rc::new(layers),
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
