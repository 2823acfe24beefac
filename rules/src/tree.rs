//! Everything that has a path, as one tree: the crates of the workspace with their
//! modules and items, and beside them the crates outside with whatever of them the
//! workspace names.
//!
//! Nodes are numbered so that a parent comes before its children and a subtree is a
//! range of numbers. A set of subtrees is then a vector with one entry per node, and
//! asking whether a thing is in it costs one look-up.

mod build;
mod walk;

pub use walk::Rank;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, Mutex};

use rustc_hash::FxHashMap;

use crate::facts::{CrateId, Dependency, ExternalId, Facts, ItemId, ModuleId, PackageId, Target};

/// A node of a [`PathTree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The node with this number.
    ///
    /// # Panics
    ///
    /// When `index` does not fit 32 bits.
    #[must_use]
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than 2^32 nodes"))
    }

    /// Its number.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A module of the workspace, crate roots included.
    Module(ModuleId),
    /// An item of the workspace.
    Item(ItemId),
    /// A path outside the workspace.
    Outside,
}

/// What a pattern names, as [`PathTree::roots`] finds it.
pub type Roots = Arc<[(NodeId, Rank)]>;

/// The tree of all paths.
#[derive(Debug)]
pub struct PathTree<'a> {
    facts: &'a Facts,
    nodes: Vec<Node<'a>>,
    roots: Vec<Root>,
    modules: Vec<NodeId>,
    items: Vec<NodeId>,
    externals: Vec<NodeId>,
    /// What has been found for patterns before, by their text: rules share layers and
    /// sets.
    found: Mutex<FxHashMap<String, Roots>>,
}

#[derive(Clone, Debug)]
struct Node<'a> {
    name: Cow<'a, str>,
    thing: Thing,
    parent: Option<NodeId>,
    /// One past the last node of its subtree.
    end: u32,
    /// 1 for a root.
    depth: u16,
    /// Index of the root it is below.
    root: u32,
}

/// A crate, of the workspace or outside.
#[derive(Clone, Debug)]
pub struct Root {
    /// Its node.
    pub node: NodeId,
    /// The crate, when it is one of the workspace.
    pub crate_id: Option<CrateId>,
    /// The names it goes by in patterns, hyphens turned into underscores.
    names: Vec<String>,
    /// A name of a binary that is not its package's, by which it goes as well.
    own_name: Option<String>,
    /// For the workspace, the name of the target as `[bin:NAME]` spells it.
    target_name: String,
}

impl Root {
    /// The names it goes by in patterns, hyphens turned into underscores; the first is
    /// its own.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }
}

impl<'a> PathTree<'a> {
    /// The facts it was made from.
    #[must_use]
    pub fn facts(&self) -> &'a Facts {
        self.facts
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// All nodes, each before its children.
    pub fn nodes(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..self.nodes.len()).map(NodeId::new)
    }

    /// The crates.
    #[must_use]
    pub fn crates(&self) -> &[Root] {
        &self.roots
    }

    /// The node of a module.
    #[must_use]
    pub fn module(&self, module: ModuleId) -> NodeId {
        self.modules[module.index()]
    }

    /// The node of an item.
    #[must_use]
    pub fn item(&self, item: ItemId) -> NodeId {
        self.items[item.index()]
    }

    /// The node of a target.
    #[must_use]
    pub fn target(&self, target: Target) -> NodeId {
        match target {
            Target::Module(module) => self.module(module),
            Target::Item(item) => self.item(item),
            Target::External(external) => self.external(external),
        }
    }

    /// The node of a path outside the workspace.
    #[must_use]
    pub fn external(&self, external: ExternalId) -> NodeId {
        self.externals[external.index()]
    }

    /// The node that a dependency starts from: its item, else its module.
    #[must_use]
    pub fn source(&self, dependency: &Dependency) -> NodeId {
        dependency.item.map_or_else(|| self.module(dependency.from), |item| self.item(item))
    }

    /// What a node stands for.
    #[must_use]
    pub fn thing(&self, node: NodeId) -> Thing {
        self.nodes[node.index()].thing
    }

    /// Whether a node is outside the workspace.
    #[must_use]
    pub fn is_outside(&self, node: NodeId) -> bool {
        self.thing(node) == Thing::Outside
    }

    /// The node above.
    #[must_use]
    pub fn parent(&self, node: NodeId) -> Option<NodeId> {
        self.nodes[node.index()].parent
    }

    /// How many segments its path has.
    #[must_use]
    pub fn depth(&self, node: NodeId) -> u16 {
        self.nodes[node.index()].depth
    }

    /// The crate a node belongs to.
    #[must_use]
    pub fn root(&self, node: NodeId) -> &Root {
        &self.roots[self.nodes[node.index()].root as usize]
    }

    /// Its index in [`Self::crates`].
    #[must_use]
    pub fn root_index(&self, node: NodeId) -> usize {
        self.nodes[node.index()].root as usize
    }

    /// The package a node belongs to, when it is one of the workspace.
    #[must_use]
    pub fn package(&self, node: NodeId) -> Option<PackageId> {
        self.root(node).crate_id.map(|crate_id| self.facts.crates[crate_id.index()].package)
    }

    /// A node and everything below it, as a range of node numbers.
    #[must_use]
    pub fn subtree(&self, node: NodeId) -> Range<usize> {
        node.index()..self.nodes[node.index()].end as usize
    }

    /// The nodes right below.
    pub fn children(&self, node: NodeId) -> impl Iterator<Item = NodeId> {
        let range = self.subtree(node);
        let mut next = range.start + 1;
        std::iter::from_fn(move || {
            (next < range.end).then(|| {
                let child = NodeId::new(next);
                next = self.subtree(child).end;
                child
            })
        })
    }

    /// The full path of a node, as a reader would write it.
    #[must_use]
    pub fn path(&self, node: NodeId) -> String {
        match self.thing(node) {
            Thing::Module(module) => self.facts.module_path(module),
            Thing::Item(item) => self.facts.item_path(item),
            Thing::Outside => {
                let mut names = vec![self.name(node)];
                let mut current = node;
                while let Some(parent) = self.parent(current) {
                    names.push(self.name(parent));
                    current = parent;
                }
                names.reverse();
                names.join("::")
            }
        }
    }

    /// The last segment of its path; for a crate its name in source code.
    #[must_use]
    pub fn name(&self, node: NodeId) -> &str {
        &self.nodes[node.index()].name
    }
}

/// Whether `name` is a crate that comes with the compiler, and so is no entry of any
/// Cargo.toml.
#[must_use]
pub fn is_sysroot(name: &str) -> bool {
    matches!(name, "std" | "core" | "alloc" | "proc_macro" | "test")
}

#[cfg(test)]
mod tests;
