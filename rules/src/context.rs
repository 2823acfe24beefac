//! What a rule judges: the facts, the tree of their paths, and the layers laid over it.

mod captures;
mod layering;
mod members;

pub use captures::{Captures, agree};
pub use layering::Layering;
pub use members::layer_members;

use crate::exceptions::RuleExceptions;
use crate::facts::{CrateId, Dependency, DependencyKind, Facts, Hop, ItemId, ModuleId};
use crate::pattern::Pattern;
use crate::policy::{LayerId, Operand, Policy, Term, TermKind};
use crate::tree::{NodeId, PathTree, Rank, Thing};
use crate::view::{Dependencies, Items, View};

/// Everything that a rule can ask while it judges.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// What is known of the workspace.
    pub facts: &'a Facts,
    /// All paths.
    pub tree: &'a PathTree<'a>,
    /// The layers and sets.
    pub policy: &'a Policy,
    /// Which layer each thing is in.
    pub layering: &'a Layering,
    /// Whether the rule holds for test code.
    pub tests: bool,
    /// What the rule does not hold for. Violations that it covers are taken away later; a
    /// verb that tells one of several asks it which ones count.
    pub exceptions: &'a RuleExceptions<'a>,
}

/// A set of subtrees: for each node how specifically it is covered, if it is.
#[derive(Clone, Debug)]
pub struct Ranks(Vec<Rank>);

impl Ranks {
    /// Whether a node is in the set.
    #[must_use]
    pub fn contains(&self, node: NodeId) -> bool {
        self.rank(node).is_some()
    }

    /// How specifically a node is covered.
    #[must_use]
    pub fn rank(&self, node: NodeId) -> Rank {
        self.0[node.index()]
    }
}

impl<'a> Context<'a> {
    /// All items and modules that the rule holds for, to be narrowed down step by step.
    #[must_use]
    pub fn items(&self) -> Items<'a> {
        View::of(self).items()
    }

    /// All dependencies that the rule holds for, to be narrowed down step by step.
    #[must_use]
    pub fn dependencies(&self) -> Dependencies<'a> {
        View::of(self).dependencies()
    }

    /// The things that an operand stands for.
    #[must_use]
    pub fn ranks(&self, operand: &Operand) -> Ranks {
        let mut ranks = vec![Rank::NONE; self.tree.len()];
        for term in &operand.terms {
            self.mark(term, &mut ranks);
        }
        Ranks(ranks)
    }

    /// The nodes that one term names, without what is below them; for a layer those at
    /// the top of what is in it.
    #[must_use]
    pub fn named(&self, term: &Term) -> Vec<NodeId> {
        let nodes = |pattern: &Pattern| -> Vec<NodeId> {
            self.tree.roots(pattern).iter().map(|(node, _)| *node).collect()
        };
        match &term.kind {
            TermKind::Path(pattern) => nodes(pattern),
            TermKind::Layer { layer, within: Some(patterns) } => patterns
                .iter()
                .flat_map(nodes)
                .filter(|node| self.layering.layer(*node) == Some(*layer))
                .collect(),
            TermKind::Layer { layer, within: None } => {
                let is_in = |node: NodeId| self.layering.layer(node) == Some(*layer);
                let is_top = |node: &NodeId| {
                    is_in(*node) && self.tree.parent(*node).is_none_or(|above| !is_in(above))
                };
                self.tree.nodes().filter(is_top).collect()
            }
        }
    }

    /// Whether a pattern names what a re-export brings into a module.
    #[must_use]
    pub fn names_reexport(&self, pattern: &Pattern) -> bool {
        let names = |module, name: &str, to| {
            let module = self.tree.module(module);
            if name != "*" {
                return self.tree.would_name(pattern, module, name);
            }
            let mut brought = self.tree.children(self.tree.target(to));
            brought.any(|node| self.tree.would_name(pattern, module, self.tree.name(node)))
        };
        let by_dependency = |dependency: &Dependency| {
            let written = self.facts.names.text(dependency.written);
            let last = written.rsplit("::").next().unwrap_or(written);
            dependency.kind == DependencyKind::Reexport
                && names(dependency.from, last, dependency.to)
        };
        let by_hop = |hop: &Hop| names(hop.module, self.facts.names.text(hop.name), hop.to);
        self.facts.dependencies.iter().any(by_dependency)
            || self.facts.chains.iter().flatten().any(by_hop)
    }

    fn mark(&self, term: &Term, ranks: &mut [Rank]) {
        match &term.kind {
            TermKind::Path(pattern) => self.mark_subtrees(pattern, ranks, |_| true),
            TermKind::Layer { layer, within: None } => {
                for node in self.tree.nodes() {
                    if self.layering.layer(node) == Some(*layer) {
                        let rank = &mut ranks[node.index()];
                        *rank = (*rank).max(self.layering.rank(node));
                    }
                }
            }
            TermKind::Layer { layer, within: Some(patterns) } => {
                for pattern in patterns {
                    self.mark_subtrees(pattern, ranks, |node| {
                        self.layering.layer(node) == Some(*layer)
                    });
                }
            }
        }
    }

    fn mark_subtrees(
        &self,
        pattern: &Pattern,
        ranks: &mut [Rank],
        belongs: impl Fn(NodeId) -> bool,
    ) {
        for &(root, rank) in self.tree.roots(pattern).iter() {
            for index in self.tree.subtree(root) {
                if belongs(NodeId::new(index)) {
                    ranks[index] = ranks[index].max(rank);
                }
            }
        }
    }

    /// Whether a layer may be empty, and is.
    #[must_use]
    pub fn is_absent(&self, layer: LayerId) -> bool {
        self.policy.layer(layer).optional && self.layering.size(layer) == 0
    }

    /// Whether an operand speaks only of layers that may be empty, and are.
    #[must_use]
    pub fn is_all_absent(&self, operand: &Operand) -> bool {
        let is_absent = |term: &Term| match term.kind {
            TermKind::Layer { layer, .. } => self.is_absent(layer),
            TermKind::Path(_) => false,
        };
        !operand.terms.is_empty() && operand.terms.iter().all(is_absent)
    }

    /// Whether the rule holds for a dependency, as far as that is test code or not.
    #[must_use]
    pub fn counts(&self, dependency: &Dependency) -> bool {
        let is_test = dependency.test || self.facts.modules[dependency.from.index()].test;
        self.counts_code(is_test, dependency.from, || self.tree.source(dependency))
    }

    /// Whether the rule holds for an item, as far as that is test code or not.
    #[must_use]
    pub fn counts_item(&self, item: ItemId) -> bool {
        let module = self.facts.items[item.index()].module;
        let is_test =
            self.facts.items[item.index()].test || self.facts.modules[module.index()].test;
        self.counts_code(is_test, module, || self.tree.item(item))
    }

    /// Whether the rule holds for a module, as far as that is test code or not.
    #[must_use]
    pub fn counts_module(&self, module: ModuleId) -> bool {
        let is_test = self.facts.modules[module.index()].test;
        self.counts_code(is_test, module, || self.tree.module(module))
    }

    fn counts_code(&self, is_test: bool, module: ModuleId, node: impl Fn() -> NodeId) -> bool {
        if self.tests
            || !(is_test || self.is_test_crate(self.facts.modules[module.index()].crate_id))
        {
            return true;
        }
        self.layering.layer(node()).is_some_and(|layer| self.policy.layer(layer).tests)
    }

    fn is_test_crate(&self, crate_id: CrateId) -> bool {
        self.facts.crates[crate_id.index()].kind.is_test()
    }

    /// The name of the layer a node is in.
    #[must_use]
    pub fn layer_name(&self, node: NodeId) -> Option<&'a str> {
        Some(self.policy.layer(self.layering.layer(node)?).name.as_str())
    }

    /// A node with its layer, as messages name it: `` `shop_domain::order` (domain)``, and
    /// where the layer captures a context, `` `shop::orders::domain` (domain of orders)``.
    #[must_use]
    pub fn describe(&self, node: NodeId) -> String {
        let path = self.tree.path(node);
        match (self.layer_name(node), self.layering.context(node).words()) {
            (Some(layer), Some(context)) => format!("`{path}` ({layer} of {context})"),
            (Some(layer), None) => format!("`{path}` ({layer})"),
            (None, Some(context)) => format!("`{path}` (of {context})"),
            (None, None) => format!("`{path}`"),
        }
    }

    /// The module a node of the workspace is, or stands in.
    #[must_use]
    pub fn module_of(&self, node: NodeId) -> Option<ModuleId> {
        match self.tree.thing(node) {
            Thing::Module(module) => Some(module),
            Thing::Item(item) => Some(self.facts.items[item.index()].module),
            Thing::Outside => None,
        }
    }
}
