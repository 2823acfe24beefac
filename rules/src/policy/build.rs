//! From what the files say to a policy that can be judged by.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::merge::{LayerDraft, Merged, Placed, label, merge};
use super::operand::Resolver;
use super::raw::RawPatterns;
use super::{Layer, LayerId, Member, Policy, Problem, Set, Source, Term, TermKind};
use crate::facts::Span;
use crate::finding::Location;
use crate::pattern::Pattern;
use crate::suggest;

impl Policy {
    /// Makes a policy of a file, what it extends, and what the packages of the workspace
    /// say of themselves. Exceptions are measured against `today`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, sorted by place.
    pub fn build(source: &Source, members: &[Member], today: Date) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let merged = merge(source, members, &mut problems);
        missing_layers(&merged, &mut problems);
        let mut resolver = Resolver::new(&merged, problems);
        let layers: Vec<Layer> =
            merged.layers.iter().map(|(name, draft)| layer(&mut resolver, name, draft)).collect();
        let sets = sets(&mut resolver, &merged);
        let workspace = super::rules::Workspace { layers: &layers, members };
        let rules = super::rules::rules(&mut resolver, &merged, &workspace);
        let accepted = super::accepted::accepted(&mut resolver, &merged, &rules);
        let mut problems = resolver.problems;
        if problems.is_empty() {
            let glossary = glossary(&merged);
            return Ok(Self { layers, sets, glossary, rules, accepted, today });
        }
        problems.sort_by(|a, b| {
            let place =
                |problem: &Problem| problem.labels.first().map(|label| label.location.clone());
            (place(a), &a.message).cmp(&(place(b), &b.message))
        });
        problems.dedup();
        Err(problems)
    }

    /// The layer of this name.
    #[must_use]
    pub fn layer(&self, id: LayerId) -> &Layer {
        &self.layers[usize::from(id.0)]
    }
}

/// A layer that nothing belongs to must be called optional somewhere.
fn missing_layers(merged: &Merged, problems: &mut Vec<Problem>) {
    let missing: Vec<(&String, &LayerDraft)> = merged
        .layers
        .iter()
        .filter(|(_, layer)| {
            layer.members.is_none() && layer.claims.is_empty() && !layer.may_be_missing()
        })
        .collect();
    let packs: BTreeSet<(&str, &Location)> =
        missing.iter().flat_map(|(_, layer)| layer.demands()).collect();
    for (pack, entry) in packs {
        let names: Vec<&String> = missing
            .iter()
            .filter(|(_, layer)| layer.demands().any(|demand| demand == (pack, entry)))
            .map(|(name, _)| *name)
            .collect();
        let lines: Vec<String> = names.iter().map(|name| format!("{name} = \"…\"")).collect();
        let (what, verb) = if names.len() == 1 { ("a layer", "is") } else { ("layers", "are") };
        problems.push(Problem {
            message: format!(
                "`{pack}` speaks of {what} that {verb} not defined: {}",
                suggest::list(&names)
            ),
            labels: vec![label(entry.clone(), "this pack")],
            help: Some(format!(
                "add to `[layers]`, each with the crates or modules that belong to it: {}; or map the pack's names to yours: `{{ pack = \"{pack}\", layers = {{ {} = \"yours\" }} }}`",
                lines.join(", "),
                names[0],
            )),
        });
    }
    for (name, layer) in missing.iter().filter(|(_, layer)| layer.demands().next().is_none()) {
        problems.push(Problem {
            message: format!("the layer `{name}` has no members"),
            labels: vec![label(layer.location.clone(), "nothing belongs to it")],
            help: Some(format!(
                "give it `members`, or `optional = true`, or say `[package.metadata.layers] layer = \"{name}\"` in the Cargo.toml of a package"
            )),
        });
    }
}

fn layer(resolver: &mut Resolver<'_>, name: &str, draft: &LayerDraft) -> Layer {
    let mut members: Vec<Term> = draft
        .claims
        .iter()
        .map(|(package, manifest)| Term {
            kind: TermKind::Path(Pattern::package(package)),
            text: package.clone(),
            location: Location { file: manifest.clone(), span: Span::default() },
            set: None,
        })
        .collect();
    if let Some(placed) = &draft.members {
        members.extend(resolver.members(&placed.value, &placed.scope, name));
        if placed.value.list.is_empty() && !draft.may_be_empty {
            let message = format!("the layer `{name}` has no members");
            let at = placed.scope.at(placed.value.span.clone());
            let help = "name the crates or modules that belong to it, or say `optional = true`";
            resolver.complain(message, at, "an empty list", Some(help.to_owned()));
        }
    }
    let is_missing = members.is_empty() && draft.may_be_missing();
    Layer {
        name: name.to_owned(),
        members,
        optional: draft.may_be_empty || is_missing,
        tests: draft.tests,
        location: draft.location.clone(),
    }
}

/// What each set stands for, in words.
fn glossary(merged: &Merged) -> Vec<(String, Vec<String>)> {
    let words = |set: &Placed<RawPatterns>| -> Vec<String> {
        let texts = set.value.list.iter().map(|text| text.get_ref().clone());
        texts
            .map(move |text| match text.strip_prefix('@') {
                Some(name) => set.scope.layer(name).to_owned(),
                None => text,
            })
            .collect()
    };
    let mut glossary: Vec<_> =
        merged.sets.iter().map(|(name, set)| (name.clone(), words(&set.last))).collect();
    glossary.sort();
    glossary
}

/// The sets. Those of packs list what there might be: one that speaks of what is not there is
/// left out, and complained of where a rule names it. What is no pattern in any workspace is
/// complained of at once.
fn sets(resolver: &mut Resolver<'_>, merged: &Merged) -> Vec<Set> {
    let mut sets = Vec::new();
    for (name, draft) in &merged.sets {
        let (set, of_pack) = (&draft.last, draft.last.scope.pack.is_some());
        let complaints = resolver.problems.len();
        let operand = resolver.capturing_operand(&set.value, &set.scope);
        if of_pack && resolver.problems.len() > complaints {
            resolver.problems.truncate(complaints);
            for text in set.value.list.iter().filter(|text| !text.get_ref().starts_with('@')) {
                resolver.pattern(text.get_ref(), &set.scope.at(text.span()));
            }
            continue;
        }
        sets.push(Set { name: name.clone(), operand, of_pack });
    }
    sets
}
