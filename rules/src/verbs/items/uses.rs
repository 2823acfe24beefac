//! What the body of an item does: what it uses, and which methods it calls.

use std::collections::BTreeMap;

use super::clause::Clause;
use super::members::methods;
use super::named::{Lookup, NamedTarget};
use super::place::texts;
use super::prepared::{Check, Predicate};
use super::subject::{Subject, location};
use crate::context::Context;
use crate::facts::{FileId, Item, ModuleId, Reference, Span, Target};
use crate::finding::Label;
use crate::pattern::Glob;
use crate::tree::Thing;

/// A body, and the module it stands in: a file may be mounted as several.
type Body = (FileId, Span, ModuleId);

/// The bodies that a subject is about: its own, or those of everything in it; of a type
/// those of its methods.
fn bodies(context: &Context<'_>, subject: Subject) -> Vec<Body> {
    let facts = context.facts;
    let body = |item: &Item| item.body.map(|body| (item.file, body, item.module));
    if let Some(own) = subject.item(context).and_then(body) {
        return vec![own];
    }
    let in_tree = match subject {
        Subject::Module(_) | Subject::Item(_) => context.tree.subtree(subject.node(context)),
        Subject::Field(_) | Subject::Import(_) | Subject::Parameter(_) => return Vec::new(),
    };
    let within =
        in_tree.filter_map(|node| match context.tree.thing(crate::tree::NodeId::new(node)) {
            Thing::Item(item) => Some(item),
            Thing::Module(_) | Thing::Outside => None,
        });
    let of_type = methods(context, subject).into_iter().filter_map(|method| match method {
        Subject::Item(item) => Some(item),
        _ => None,
    });
    let mut items: Vec<_> = within.chain(of_type).collect();
    items.sort_unstable();
    items.dedup();
    let counted = items.into_iter().filter(|item| context.counts_item(*item));
    counted.filter_map(|item| body(&facts.items[item.index()])).collect()
}

/// How much of a body counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    All,
    /// All but closures and names that are handed to a call: they may be run elsewhere.
    Itself,
}

pub(super) struct Uses<'s> {
    pub(super) extent: Extent,
    pub(super) things: &'s NamedTarget,
}

impl<'s> Predicate<'s> for Uses<'s> {
    fn clause(&self) -> Clause {
        let things = self.things.operand.sentence();
        match self.extent {
            Extent::All => Clause::doing("use", &format!("{things} in its body")),
            Extent::Itself => Clause::doing("run", &format!("{things} in its body")),
        }
    }

    fn check(&self, context: &Context<'_>) -> Box<dyn Check + 's> {
        Box::new(Used { extent: self.extent, things: self.things.lookup(context) })
    }
}

struct Used<'s> {
    extent: Extent,
    things: Lookup<'s>,
}

impl Used<'_> {
    /// Where something that is meant is used in a body.
    fn found(&self, context: &Context<'_>, body: Body) -> impl Iterator<Item = (Span, Target)> {
        let facts = context.facts;
        let (file, span, module) = body;
        let far = facts.dependencies_in(file, span).filter(move |edge| {
            let hops = &facts.chains[edge.chain.index()];
            let reference = Reference { written: edge.written, target: Some(edge.to) };
            edge.from == module
                && (self.things.holds(context, reference)
                    || hops
                        .iter()
                        .any(|hop| self.things.holds_module(context.tree.module(hop.module))))
        });
        let near = facts.local_uses_in(file, span).filter(move |local| {
            let reference = Reference { written: local.written, target: Some(local.to) };
            local.module == module && self.things.holds(context, reference)
        });
        let used = far.map(|edge| (edge.span, edge.to));
        let used = used.chain(near.map(|local| (local.span, local.to)));
        used.filter(move |(at, _)| {
            self.extent == Extent::All || !facts.is_handed_on(file, span, *at)
        })
    }
}

impl Check for Used<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        let bodies = bodies(context, subject);
        bodies.into_iter().any(|body| self.found(context, body).next().is_some())
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        let mut labels = BTreeMap::new();
        for body in bodies(context, subject) {
            for (span, target) in self.found(context, body) {
                let text = format!("uses `{}`", context.facts.target_path(target));
                // What is held in a place says less than what is written there.
                labels.entry(location(context, body.0, span)).or_insert(text);
            }
        }
        labels.into_iter().map(|(location, text)| Label { location, text }).collect()
    }
}

pub(super) struct Calls<'s>(pub(super) &'s [(String, Glob)]);

impl<'s> Predicate<'s> for Calls<'s> {
    fn clause(&self) -> Clause {
        Clause::doing("call", &format!("the method {}", texts(self.0)))
    }

    fn check(&self, _: &Context<'_>) -> Box<dyn Check + 's> {
        Box::new(Called(self.0))
    }
}

struct Called<'s>(&'s [(String, Glob)]);

impl Called<'_> {
    fn found(&self, context: &Context<'_>, body: Body) -> impl Iterator<Item = Span> {
        let (file, span, module) = body;
        let names = &context.facts.names;
        let calls = context.facts.method_calls_in(file, span);
        let meant = calls.filter(move |call| {
            let name = names.text(call.name);
            call.module == module && self.0.iter().any(|(_, glob)| glob.matches(name))
        });
        meant.map(|call| call.span)
    }
}

impl Check for Called<'_> {
    fn holds(&self, context: &Context<'_>, subject: Subject) -> bool {
        let bodies = bodies(context, subject);
        bodies.into_iter().any(|body| self.found(context, body).next().is_some())
    }

    fn evidence(&self, context: &Context<'_>, subject: Subject) -> Vec<Label> {
        let mut labels = Vec::new();
        for body in bodies(context, subject) {
            labels.extend(self.found(context, body).map(|span| Label {
                location: location(context, body.0, span),
                text: "is called here".to_owned(),
            }));
        }
        labels
    }
}
