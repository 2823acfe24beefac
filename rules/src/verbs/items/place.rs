//! What an item is and where it stands: kind, name, path, subtree, file.

use super::clause::Clause;
use super::prepared::{Check, Predicate};
use super::subject::Subject;
use super::words::{KIND_WORDS, word_of};
use crate::context::Context;
use crate::facts::ItemKind;
use crate::pattern::Glob;
use crate::policy::{Operand, TermKind};
use crate::prose;
use crate::tree::NodeId;

pub(super) struct OfKind<'s>(pub(super) &'s [ItemKind]);

impl<'s> Predicate<'s> for OfKind<'s> {
    fn clause(&self) -> Clause {
        let words = self.0.iter().map(|kind| word_of(&KIND_WORDS, kind));
        let (one, many): (Vec<String>, Vec<String>) =
            words.map(|word| (prose::with_article(word), format!("{word}s"))).unzip();
        Clause::of_many(&prose::series(&one, "or"), &prose::series(&many, "or"))
    }

    fn check(&self, _: &Context<'_>) -> Box<dyn Check + 's> {
        let kinds = self.0;
        Box::new(move |context: &Context<'_>, subject: Subject| {
            subject.kind(context).is_some_and(|kind| kinds.contains(&kind))
        })
    }
}

/// The texts of globs, as a list.
pub(super) fn texts<T>(globs: &[(String, T)]) -> String {
    let texts: Vec<&str> = globs.iter().map(|(text, _)| text.as_str()).collect();
    prose::any_of(&texts)
}

pub(super) struct Named<'s>(pub(super) &'s [(String, Glob)]);

impl<'s> Predicate<'s> for Named<'s> {
    fn clause(&self) -> Clause {
        // What has any name is there, and that is all that is said of it.
        if self.0.iter().any(|(text, _)| text == "*") {
            return Clause::existing();
        }
        Clause::being(&format!("named {}", texts(self.0)))
    }

    fn check(&self, _: &Context<'_>) -> Box<dyn Check + 's> {
        let names = self.0;
        Box::new(move |context: &Context<'_>, subject: Subject| {
            let name = subject.name(context);
            names.iter().any(|(_, glob)| glob.matches(name))
        })
    }
}

pub(super) struct IsAt<'s>(pub(super) &'s Operand);

impl<'s> Predicate<'s> for IsAt<'s> {
    fn clause(&self) -> Clause {
        Clause::being(&self.0.sentence())
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let paths = self.0;
        let mut nodes: Vec<NodeId> =
            paths.terms.iter().flat_map(|term| context.named(term)).collect();
        nodes.sort_unstable();
        Box::new(move |context: &Context<'_>, subject: Subject| match subject {
            Subject::Module(_) | Subject::Item(_) => {
                nodes.binary_search(&subject.node(context)).is_ok()
            }
            // Parts of items have no nodes of their own.
            _ => is_part_at(context, paths, subject),
        })
    }
}

fn is_part_at(context: &Context<'_>, paths: &Operand, subject: Subject) -> bool {
    let mut path = context.tree.path(subject.node(context));
    path.push_str("::");
    path.push_str(subject.name(context));
    let segments = path.split("::").count();
    paths.terms.iter().any(|term| match &term.kind {
        // What matches all of the path, and not already a part of it.
        TermKind::Path(pattern) => {
            pattern.matches(path.split("::"))
                && !pattern.matches(path.split("::").take(segments - 1))
        }
        TermKind::Layer { .. } => false,
    })
}

pub(super) struct InSubtree<'s>(pub(super) &'s Operand);

impl<'s> Predicate<'s> for InSubtree<'s> {
    fn clause(&self) -> Clause {
        Clause::being(&format!("in {}", self.0.sentence()))
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let within = context.ranks(self.0);
        Box::new(move |context: &Context<'_>, subject: Subject| {
            within.contains(subject.node(context))
        })
    }
}

pub(super) struct InFile<'s>(pub(super) &'s [(String, globset::GlobMatcher)]);

impl<'s> Predicate<'s> for InFile<'s> {
    fn clause(&self) -> Clause {
        Clause::being(&format!("in a file {}", texts(self.0)))
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        let matches = |path: &str| self.0.iter().any(|(_, glob)| glob.is_match(path));
        let files: Vec<bool> = context.facts.files.iter().map(|file| matches(&file.path)).collect();
        Box::new(move |context: &Context<'_>, subject: Subject| {
            files[subject.file(context).index()]
        })
    }
}
