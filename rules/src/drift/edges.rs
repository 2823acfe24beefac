//! Dependencies between layers, crates and modules.

use std::collections::BTreeMap;

use crate::context::Layering;
use crate::facts::{Facts, Target};
use crate::finding::Location;
use crate::policy::Policy;
use crate::tree::{PathTree, is_sysroot};

/// What dependencies are summed up between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Layers.
    Layers,
    /// Crates, those outside of the workspace included, apart from what comes with the
    /// compiler.
    Crates,
    /// Modules of the workspace.
    Modules,
}

impl Level {
    /// All of them, from the widest down.
    pub const ALL: [Self; 3] = [Self::Layers, Self::Crates, Self::Modules];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Layers => "layers",
            Self::Crates => "crates",
            Self::Modules => "modules",
        }
    }
}

/// All dependencies from one part to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Name of the layer or crate, path of the module, that depends.
    pub from: String,
    /// What it depends on.
    pub to: String,
    /// How many paths lead there.
    pub references: usize,
    /// The first of them.
    pub location: Location,
}

/// The edges of one state, at each level.
#[derive(Clone, Debug, Default)]
pub struct Edges {
    by_level: BTreeMap<Level, BTreeMap<(String, String), Edge>>,
}

/// Edges that are new, and those that are no more, sorted by their ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EdgeDrift {
    /// Those of today that were not there.
    pub new: Vec<Edge>,
    /// Those that were there; their places are those of then.
    pub gone: Vec<Edge>,
}

/// The edges of a state, in the layers of `policy`. Test code counts for nothing.
#[must_use]
pub fn edges(facts: &Facts, tree: &PathTree<'_>, policy: &Policy, layering: &Layering) -> Edges {
    let mut edges = Edges::default();
    let modules: Vec<String> = (0..facts.modules.len())
        .map(|index| facts.module_path(crate::facts::ModuleId::new(index)))
        .collect();
    let layer = |node| layering.layer(node).map(|layer| policy.layer(layer).name.as_str());
    let written = facts.dependencies.iter();
    for dependency in written.filter(|dependency| !dependency.test && dependency.restates.is_none())
    {
        let location = || Location {
            file: facts.files[dependency.file.index()].path.clone(),
            span: dependency.span,
        };
        let (source, target) = (tree.source(dependency), tree.target(dependency.to));
        if let (Some(from), Some(to)) = (layer(source), layer(target)) {
            edges.add(Level::Layers, from, to, location);
        }
        let own = facts.crate_name(facts.modules[dependency.from.index()].crate_id);
        if let Some(module) = facts.target_module(dependency.to) {
            let other = facts.crate_name(facts.modules[module.index()].crate_id);
            edges.add(Level::Crates, own, other, location);
            let [from, to] = [dependency.from, module].map(|it| modules[it.index()].as_str());
            edges.add(Level::Modules, from, to, location);
        } else if let Target::External(external) = dependency.to {
            let first = facts.externals[external.index()].path.first();
            let name = first.map(|name| facts.names.text(*name)).unwrap_or_default();
            if !is_sysroot(name) {
                edges.add(Level::Crates, own, name, location);
            }
        }
    }
    edges
}

impl Edges {
    fn add(&mut self, level: Level, from: &str, to: &str, location: impl FnOnce() -> Location) {
        if from == to {
            return;
        }
        let edges = self.by_level.entry(level).or_default();
        let edge = edges.entry((from.to_owned(), to.to_owned())).or_insert_with(|| Edge {
            from: from.to_owned(),
            to: to.to_owned(),
            references: 0,
            location: location(),
        });
        edge.references += 1;
    }

    /// What is new and gone at a level since `before`.
    #[must_use]
    pub fn since(&self, before: &Self, level: Level) -> EdgeDrift {
        let only = |here: &Self, there: &Self| -> Vec<Edge> {
            let there = there.by_level.get(&level);
            let here = here.by_level.get(&level).into_iter().flatten();
            let is_new = |ends| there.is_none_or(|there| !there.contains_key(ends));
            here.filter(|(ends, _)| is_new(*ends)).map(|(_, edge)| edge.clone()).collect()
        };
        EdgeDrift { new: only(self, before), gone: only(before, self) }
    }
}
