//! What the captures of an operand stand for, thing by thing.

use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::Context;
use crate::pattern::{Captured, Pattern};
use crate::policy::{Operand, Term, TermKind};
use crate::tree::NodeId;

/// What an operand captures of each node. Nodes of which it captures the same are of one
/// class; those it does not cover are of class 0, of which nothing agrees with anything.
#[derive(Clone, Debug)]
pub struct Captures {
    classes: IndexSet<Vec<Captured>, FxBuildHasher>,
    of: Vec<u32>,
}

impl Captures {
    fn new(nodes: usize) -> Self {
        let classes = std::iter::once(Vec::new()).collect();
        Self { classes, of: vec![0; nodes] }
    }

    /// The class of a node.
    #[must_use]
    pub fn class(&self, node: NodeId) -> u32 {
        self.of[node.index()]
    }

    /// How many classes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.classes.len()
    }

    /// Whether no node is covered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.classes.len() == 1
    }

    /// The ways in which the operand covers the nodes of a class.
    #[must_use]
    pub fn ways(&self, class: u32) -> &[Captured] {
        &self.classes[class as usize]
    }

    /// Whether one way to cover `node` agrees with one in which `others` covers `other`.
    #[must_use]
    pub fn agree(&self, node: NodeId, others: &Self, other: NodeId) -> bool {
        agree(self.ways(self.class(node)), others.ways(others.class(other)))
    }

    /// Covers nodes in further ways.
    fn cover(&mut self, nodes: impl Iterator<Item = usize>, ways: &[Captured]) {
        let mut joined: FxHashMap<u32, u32> = FxHashMap::default();
        for index in nodes {
            let class = self.of[index];
            let classes = &mut self.classes;
            self.of[index] = *joined.entry(class).or_insert_with(|| {
                let mut all = classes[class as usize].clone();
                all.extend(ways.iter().cloned());
                all.sort_unstable();
                all.dedup();
                u32::try_from(classes.insert_full(all).0).expect("fewer classes than nodes")
            });
        }
    }
}

/// Whether one of the ways on one side agrees with one of those on the other.
#[must_use]
pub fn agree(left: &[Captured], right: &[Captured]) -> bool {
    left.iter().any(|left| right.iter().any(|right| left.agrees(right)))
}

impl Context<'_> {
    /// What an operand captures of each node.
    #[must_use]
    pub fn captures(&self, operand: &Operand) -> Captures {
        let mut captures = Captures::new(self.tree.len());
        for term in &operand.terms {
            self.cover(term, &mut captures);
        }
        captures
    }

    fn cover(&self, term: &Term, captures: &mut Captures) {
        match &term.kind {
            TermKind::Path(pattern) => self.cover_subtrees(pattern, captures, |_| true),
            TermKind::Layer { layer, within: Some(patterns) } => {
                for pattern in patterns {
                    self.cover_subtrees(pattern, captures, |node| {
                        self.layering.layer(node) == Some(*layer)
                    });
                }
            }
            TermKind::Layer { layer, within: None } => {
                let mut of_layer: FxHashMap<&Captured, Vec<usize>> = FxHashMap::default();
                for node in self.tree.nodes() {
                    if self.layering.layer(node) == Some(*layer) {
                        of_layer
                            .entry(self.layering.captured(node))
                            .or_default()
                            .push(node.index());
                    }
                }
                let mut of_layer: Vec<_> = of_layer.into_iter().collect();
                of_layer.sort_unstable_by_key(|(captured, _)| *captured);
                for (captured, nodes) in of_layer {
                    captures.cover(nodes.into_iter(), std::slice::from_ref(captured));
                }
            }
        }
    }

    fn cover_subtrees(
        &self,
        pattern: &Pattern,
        captures: &mut Captures,
        belongs: impl Fn(NodeId) -> bool,
    ) {
        for &(root, _) in self.tree.roots(pattern).iter() {
            let nodes = self.tree.subtree(root).filter(|index| belongs(NodeId::new(*index)));
            captures.cover(nodes, &self.tree.captured(pattern, root));
        }
    }
}
