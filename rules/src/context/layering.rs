//! Which layer each thing is in: the most specific member decides.

mod contexts;

use std::collections::BTreeMap;

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::finding::Label;
use crate::pattern::Captured;
use crate::policy::{LayerId, Policy, Problem, TermKind};
use crate::tree::{NodeId, PathTree, Rank};

/// Layers laid over a tree.
#[derive(Clone, Debug)]
pub struct Layering {
    assigned: Vec<Assigned>,
    /// What members capture; the first is nothing.
    captured: IndexSet<Captured, FxBuildHasher>,
    sizes: Vec<usize>,
    unmatched: Vec<(LayerId, usize)>,
    /// The context of each node, as indices into `captured`; empty where there are none.
    contexts: Vec<u32>,
}

/// Where a node belongs.
#[derive(Clone, Copy, Debug, Default)]
struct Assigned {
    layer: Option<LayerId>,
    rank: Rank,
    /// Index into [`Layering::captured`].
    captured: u32,
}

/// A member of a layer that names a node: the rank, the layer, and which of the layer's
/// members it is.
type Claim = (Rank, LayerId, usize);

/// One of the members of a layer.
type Member = (LayerId, usize);

impl Layering {
    /// Lays the layers of `policy` over `tree`.
    ///
    /// # Errors
    ///
    /// Where members of two layers name a thing equally specifically, the pair of them.
    pub fn new(tree: &PathTree<'_>, policy: &Policy) -> Result<Self, Vec<Problem>> {
        let mut claims: BTreeMap<NodeId, Vec<Claim>> = BTreeMap::new();
        let mut unmatched = Vec::new();
        for (index, layer) in policy.layers().iter().enumerate() {
            let id = LayerId(u16::try_from(index).unwrap_or(u16::MAX));
            for (member, term) in layer.members.iter().enumerate() {
                let TermKind::Path(pattern) = &term.kind else { continue };
                let roots = tree.roots(pattern);
                // `**` and `shop-*` mean code that can be put into a layer, not every
                // outside crate that happens to be used.
                let open = pattern.literal_root().is_none();
                let mut roots =
                    roots.iter().filter(|root| !(open && tree.is_outside(root.0))).peekable();
                if roots.peek().is_none() && !tree.begins_outside(pattern) {
                    unmatched.push((id, member));
                }
                for &(node, rank) in roots {
                    claims.entry(node).or_default().push((rank, id, member));
                }
            }
        }
        for claims in claims.values_mut() {
            claims.sort_by(|a, b| b.cmp(a));
        }
        let ties = ties(tree, policy, &claims);
        if !ties.is_empty() {
            return Err(ties);
        }
        let mut layering = Self {
            assigned: Vec::with_capacity(tree.len()),
            captured: std::iter::once(Captured::default()).collect(),
            sizes: vec![0; policy.layers().len()],
            unmatched,
            contexts: Vec::new(),
        };
        for node in tree.nodes() {
            let own = claims.get(&node).map(|claims| layering.own(tree, policy, node, claims[0]));
            let inherited = || tree.parent(node).map(|parent| layering.assigned[parent.index()]);
            let assigned = own.or_else(inherited).unwrap_or_default();
            if let Some(layer) = assigned.layer {
                layering.sizes[usize::from(layer.0)] += 1;
            }
            layering.assigned.push(assigned);
        }
        layering.contexts = contexts::contexts(tree, policy, &layering);
        Ok(layering)
    }

    /// Where the best claim on a node puts it.
    fn own(
        &mut self,
        tree: &PathTree<'_>,
        policy: &Policy,
        node: NodeId,
        (rank, layer, member): Claim,
    ) -> Assigned {
        let captured = match &policy.layer(layer).members[member].kind {
            TermKind::Path(pattern) => tree.captured(pattern, node).into_iter().next(),
            TermKind::Layer { .. } => None,
        };
        let index = self.captured.insert_full(captured.unwrap_or_default()).0;
        let captured = u32::try_from(index).expect("fewer captures than nodes");
        Assigned { layer: Some(layer), rank, captured }
    }

    /// The layer of a node.
    #[must_use]
    pub fn layer(&self, node: NodeId) -> Option<LayerId> {
        self.assigned[node.index()].layer
    }

    /// What the member captures that puts a node into its layer.
    #[must_use]
    pub fn captured(&self, node: NodeId) -> &Captured {
        &self.captured[self.assigned[node.index()].captured as usize]
    }

    /// The context a node is in: what its layer captures, or below what is captured, the same
    /// for what is in no layer of its own. It is empty where there is none.
    #[must_use]
    pub fn context(&self, node: NodeId) -> &Captured {
        let index = self.contexts.get(node.index()).copied().unwrap_or_default();
        &self.captured[index as usize]
    }

    /// Whether any layer captures a context.
    #[must_use]
    pub fn has_contexts(&self) -> bool {
        self.captured.len() > 1
    }

    /// A number for the context of a node, 0 where there is none.
    #[must_use]
    pub fn context_index(&self, node: NodeId) -> u32 {
        self.contexts.get(node.index()).copied().unwrap_or_default()
    }

    /// Whether two nodes are in the same layer and context.
    #[must_use]
    pub fn is_together(&self, node: NodeId, other: NodeId) -> bool {
        self.layer(node) == self.layer(other)
            && self.context_index(node) == self.context_index(other)
    }

    /// How specifically its layer covers a node.
    #[must_use]
    pub fn rank(&self, node: NodeId) -> Rank {
        self.assigned[node.index()].rank
    }

    /// How many nodes are in a layer.
    #[must_use]
    pub fn size(&self, layer: LayerId) -> usize {
        self.sizes[usize::from(layer.0)]
    }

    /// The members of layers that name nothing, as indices into
    /// [`crate::policy::Layer::members`].
    #[must_use]
    pub fn unmatched(&self) -> &[(LayerId, usize)] {
        &self.unmatched
    }
}

/// One problem for each two members that claim the same thing with the same right.
fn ties(
    tree: &PathTree<'_>,
    policy: &Policy,
    claims: &BTreeMap<NodeId, Vec<Claim>>,
) -> Vec<Problem> {
    let mut ties: BTreeMap<(Member, Member), NodeId> = BTreeMap::new();
    for (node, claims) in claims {
        let (best, layer, member) = claims[0];
        for (rank, other, other_member) in &claims[1..] {
            if *rank == best && *other != layer {
                let (first, second) = ((*other, *other_member), (layer, member));
                ties.entry((first.min(second), first.max(second))).or_insert(*node);
            }
        }
    }
    ties.into_iter()
        .map(|((first, second), node)| {
            let names = [first, second].map(|(layer, _)| policy.layer(layer).name.as_str());
            let labels = [first, second].map(|(layer, member)| {
                let layer = policy.layer(layer);
                let location = layer.members[member].location.clone();
                Label { location, text: format!("puts it into `{}`", layer.name) }
            });
            Problem {
                message: format!(
                    "`{}` would be in two layers, `{}` and `{}`",
                    tree.path(node),
                    names[0],
                    names[1]
                ),
                labels: labels.into(),
                help: Some(
                    "the most specific member decides: name it more exactly in the layer it belongs to"
                        .to_owned(),
                ),
            }
        })
        .collect()
}
