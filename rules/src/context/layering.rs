//! Which layer each thing is in: the most specific member decides.

use std::collections::BTreeMap;

use crate::finding::Label;
use crate::policy::{LayerId, Policy, Problem, TermKind};
use crate::tree::{NodeId, PathTree, Rank};

/// Layers laid over a tree.
#[derive(Clone, Debug)]
pub struct Layering {
    assigned: Vec<(Option<LayerId>, Rank)>,
    sizes: Vec<usize>,
    unmatched: Vec<(LayerId, usize)>,
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
        let mut assigned: Vec<(Option<LayerId>, Rank)> = Vec::with_capacity(tree.len());
        let mut sizes = vec![0; policy.layers().len()];
        for node in tree.nodes() {
            let own = claims.get(&node).map(|claims| (Some(claims[0].1), claims[0].0));
            let inherited = || tree.parent(node).map(|parent| assigned[parent.index()]);
            let (layer, rank) = own.or_else(inherited).unwrap_or((None, Rank::NONE));
            if let Some(layer) = layer {
                sizes[usize::from(layer.0)] += 1;
            }
            assigned.push((layer, rank));
        }
        Ok(Self { assigned, sizes, unmatched })
    }

    /// The layer of a node.
    #[must_use]
    pub fn layer(&self, node: NodeId) -> Option<LayerId> {
        self.assigned[node.index()].0
    }

    /// How specifically its layer covers a node.
    #[must_use]
    pub fn rank(&self, node: NodeId) -> Rank {
        self.assigned[node.index()].1
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
