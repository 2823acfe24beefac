//! From resolved names to the facts that rules judge.

mod calls;
mod contents;
mod edges;
mod expansion;
mod held;
mod hops;
mod items;
mod layout;
mod order;
mod parts;
mod references;
mod targets;
mod unseen;
mod written;

use layers_rules::facts::{Coverage, Facts, Needs};

use crate::resolve::Resolver;
use crate::workspace::Workspace;
use edges::Edges;
use layout::Layout;
use targets::Targets;

pub use contents::{
    ImportPlace, ModuleContents, NameEntry, NameMeaning, NameVisibility, OpenGlobEntry,
};

/// Turns what was resolved into facts, of those that only some rules ask for the ones that
/// are needed.
#[must_use]
pub fn gather(workspace: &Workspace, resolver: Resolver, needs: Needs) -> Facts {
    build(workspace, resolver, needs, false).0
}

/// Like [`gather`], with the names that each module holds.
#[must_use]
pub fn gather_with_contents(
    workspace: &Workspace,
    resolver: Resolver,
) -> (Facts, Vec<ModuleContents>) {
    build(workspace, resolver, Needs::default(), true)
}

fn build(
    workspace: &Workspace,
    mut resolver: Resolver,
    needs: Needs,
    with_contents: bool,
) -> (Facts, Vec<ModuleContents>) {
    let Needs { signatures, bodies, .. } = needs;
    let gathered = Needs { signatures, bodies, ..Needs::default() };
    let mut facts = Facts { gathered, ..Facts::default() };
    let layout = Layout::new(workspace, &mut resolver, &mut facts);
    items::add(&resolver, &layout, &mut facts);
    facts.coverage = vec![Coverage::default(); facts.crates.len()];
    let targets = Targets::new(&layout);
    let mut edges = Edges::new(&mut resolver, &layout, targets, &mut facts);
    edges.add_imports();
    edges.add_paths();
    edges.add_held();
    let contents = if with_contents { edges.contents() } else { Vec::new() };
    let origins = edges.origins;
    facts.names = std::mem::take(&mut resolver.tree.names);
    // Nothing below looks a name up: its tables make room for the sorting.
    drop(resolver);
    drop(layout);
    order::sort(&mut facts, origins);
    (facts, contents)
}
