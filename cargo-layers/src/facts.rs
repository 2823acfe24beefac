//! From resolved names to the facts that rules judge.

mod edges;
mod expansion;
mod hops;
mod items;
mod layout;
mod targets;

use layers_rules::facts::{Coverage, Facts};

use crate::resolve::Resolver;
use crate::workspace::Workspace;
use edges::Edges;
use layout::Layout;
use targets::Targets;

/// Turns what was resolved into facts.
#[must_use]
pub fn gather(workspace: &Workspace, mut resolver: Resolver) -> Facts {
    let mut facts = Facts::default();
    let layout = Layout::new(workspace, &mut resolver, &mut facts);
    items::add(&resolver, &layout, &mut facts);
    facts.coverage = vec![Coverage::default(); facts.crates.len()];
    let targets = Targets::new(&layout);
    let mut edges = Edges::new(&mut resolver, &layout, targets, &mut facts);
    edges.add_imports();
    edges.add_paths();
    edges.finish();
    facts.names = std::mem::take(&mut resolver.tree.names);
    facts
}
