//! From `diagram` as written, and what the file shows, to the verb.

use indexmap::IndexMap;
use serde_spanned::Spanned;

use super::Workspace;
use crate::drawing::{Drawing, Shape};
use crate::finding::Location;
use crate::pattern::normalized;
use crate::policy::merge::Scope;
use crate::policy::operand::Resolver;
use crate::policy::raw::{RawDiagram, RawPatterns};
use crate::policy::{Operand, Problem};
use crate::suggest;
use crate::verbs::{Arrow, Component, Diagram};

/// Compiles `diagram`.
pub(super) fn diagram(
    resolver: &mut Resolver<'_>,
    raw: &Spanned<RawDiagram>,
    scope: &Scope,
    workspace: &Workspace<'_>,
) -> Option<Diagram> {
    let raw = raw.get_ref();
    let Some(attached) = scope.attached(raw.file.get_ref()) else {
        let message = format!("the text of `{}` is not at hand", raw.file.get_ref());
        let help = "a policy that is built by a program has to hand it in".to_owned();
        resolver.complain(message, scope.at(raw.file.span()), "not read", Some(help));
        return None;
    };
    let there = scope.within(attached);
    let drawing = match Drawing::parse(&attached.file, &attached.text) {
        Ok(drawing) => drawing,
        Err(mistakes) => {
            for mistake in mistakes {
                let at = there.at(mistake.span.range());
                resolver.complain(
                    mistake.message,
                    at,
                    mistake.label,
                    Some(mistake.help.to_owned()),
                );
            }
            return None;
        }
    };
    let mut reader = Reader { raw, scope, there: &there, workspace, components: IndexMap::new() };
    let meanings: Vec<Meaning> =
        drawing.shapes.iter().map(|shape| reader.meaning(resolver, shape, &drawing)).collect();
    reader.check_names(resolver, &drawing);
    let ends = |index: usize| ends(&drawing, &meanings, index);
    let shown = |index: usize| shown(&drawing.shapes[index]).to_owned();
    let arrows = drawing.arrows.iter().map(|arrow| Arrow {
        from: shown(arrow.from),
        to: shown(arrow.to),
        users: ends(arrow.from),
        used: ends(arrow.to),
        location: there.at(arrow.span.range()),
    });
    let arrows = arrows.filter(|arrow| !arrow.users.is_empty() && !arrow.used.is_empty());
    let mut nested = Vec::new();
    for (index, meaning) in meanings.iter().enumerate() {
        let Meaning::Component(own) = meaning else { continue };
        for frame in drawing.frames(index) {
            if let Meaning::Component(frame) = meanings[frame] {
                nested.push((*own, frame));
            }
        }
    }
    Some(Diagram {
        file: attached.file.clone(),
        arrows: arrows.collect(),
        nested,
        strict: raw.strict.unwrap_or(false),
        components: reader.components.into_values().collect(),
    })
}

/// What a shape means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// A component, by its index.
    Component(usize),
    /// A frame around others, or what is no code.
    Nothing,
}

/// What a shape shows.
fn shown(shape: &Shape) -> &str {
    shape.label.as_deref().unwrap_or(&shape.id)
}

/// The components that an arrow to a shape leads to: itself, and all that is drawn in it.
fn ends(drawing: &Drawing, meanings: &[Meaning], index: usize) -> Vec<usize> {
    let is_below = |shape: usize| shape == index || drawing.frames(shape).contains(&index);
    let mut ends: Vec<usize> = (0..meanings.len())
        .filter(|shape| is_below(*shape))
        .filter_map(|shape| match meanings[shape] {
            Meaning::Component(component) => Some(component),
            Meaning::Nothing => None,
        })
        .collect();
    ends.sort_unstable();
    ends.dedup();
    ends
}

struct Reader<'r> {
    raw: &'r RawDiagram,
    scope: &'r Scope,
    /// The diagram's own file.
    there: &'r Scope,
    workspace: &'r Workspace<'r>,
    /// The components by what they mean: two shapes that mean the same are one.
    components: IndexMap<Vec<String>, Component>,
}

impl Reader<'_> {
    fn meaning(
        &mut self,
        resolver: &mut Resolver<'_>,
        shape: &Shape,
        drawing: &Drawing,
    ) -> Meaning {
        let is_called =
            |(name, _): &(&Spanned<String>, &RawPatterns)| is_called(shape, name.get_ref());
        if let Some((_, patterns)) = self.raw.components.iter().find(is_called) {
            if patterns.list.is_empty() {
                return Meaning::Nothing;
            }
            let operand = resolver.operand(patterns, self.scope);
            return self.component(shape, operand);
        }
        let mut names = shape.stereotypes.iter().chain(&shape.label).chain([&shape.id]);
        let text = names.find_map(|name| self.text(resolver, name));
        if let Some(text) = text {
            let span = shape.span.range();
            let list = vec![Spanned::new(span.clone(), text)];
            let operand = resolver.operand(&RawPatterns { list, span }, self.there);
            return self.component(shape, operand);
        }
        let index = drawing.shapes.iter().position(|other| other == shape);
        let has_inside = drawing.shapes.iter().any(|other| other.parent == index);
        if !(shape.is_frame && has_inside) {
            let problem = self.unknown(resolver, shape);
            resolver.problems.push(problem);
        }
        Meaning::Nothing
    }

    fn component(&mut self, shape: &Shape, operand: Operand) -> Meaning {
        let entry = self.components.entry(operand.words.clone());
        let index = entry.index();
        entry.or_insert_with(|| Component { name: shown(shape).to_owned(), operand });
        Meaning::Component(index)
    }

    /// What a name in a diagram is in the rule language: a layer, a pattern, a package.
    fn text(&self, resolver: &Resolver<'_>, name: &str) -> Option<String> {
        let mut known = self.scope.mapped().chain(resolver.layer_names());
        if let Some(layer) = known.find(|layer| folded(layer) == folded(name)) {
            return Some(format!("@{layer}"));
        }
        let is_pattern = name.starts_with('@') || name.contains("::") || name.contains('*');
        let is_package = || {
            let mut members = self.workspace.members.iter();
            members.any(|member| normalized(&member.package) == normalized(name))
        };
        (!name.contains(' ') && (is_pattern || is_package())).then(|| name.to_owned())
    }

    fn unknown(&self, resolver: &Resolver<'_>, shape: &Shape) -> Problem {
        let name = shown(shape);
        let packages = self.workspace.members.iter().map(|member| member.package.as_str());
        let known: Vec<&str> = resolver.layer_names().chain(packages).collect();
        let near = suggest::closest(&folded(name), known.iter().copied());
        let near = near.or_else(|| suggest::closest(&folded(&shape.id), known));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "call it as a layer or package is called, or by a path; or say under `components` what it means: `{{ \"{name}\" = \"…\" }}`, with `[]` for what is no code"
            ),
        };
        let location = self.there.at(shape.span.range());
        let label = crate::finding::Label { location, text: "unknown".to_owned() };
        let message = format!("`{name}` is no layer, no package and no path");
        Problem { message, labels: vec![label], help: Some(help) }
    }

    /// Every key of `components` has to be drawn.
    fn check_names(&self, resolver: &mut Resolver<'_>, drawing: &Drawing) {
        for name in self.raw.components.keys() {
            if drawing.shapes.iter().any(|shape| is_called(shape, name.get_ref())) {
                continue;
            }
            let drawn = drawing.shapes.iter().map(shown);
            let help = suggest::help(name.get_ref(), "components", drawn);
            let message = format!("the diagram shows no `{}`", name.get_ref());
            let at: Location = self.scope.at(name.span());
            resolver.complain(message, at, "not drawn", Some(help));
        }
    }
}

fn is_called(shape: &Shape, name: &str) -> bool {
    shape.id == name || shape.label.as_deref() == Some(name)
}

/// A name as layers are called: in lower case, with hyphens.
fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '_'], "-")
}
