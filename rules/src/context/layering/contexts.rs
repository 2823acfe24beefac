//! Contexts: what the members of layers capture, with everything below that.

use super::Layering;
use crate::pattern::Pattern;
use crate::policy::{Policy, Term};
use crate::tree::{PathTree, Rank};

/// The context of each node, as indices into what `layering` captures. Where
/// `shop::<context>::domain` is a member and `shop::orders::domain` is there, all of
/// `shop::orders` belongs to the context `orders`, but for what a member names that lies
/// deeper and captures nothing.
pub(super) fn contexts(tree: &PathTree<'_>, policy: &Policy, layering: &Layering) -> Vec<u32> {
    if !layering.has_contexts() {
        return Vec::new();
    }
    let mut ranks: Vec<Rank> = tree.nodes().map(|node| layering.rank(node)).collect();
    let mut contexts: Vec<u32> =
        tree.nodes().map(|node| layering.assigned[node.index()].captured).collect();
    let members = policy.layers().iter().flat_map(|layer| &layer.members);
    let wholes = members.flat_map(Term::patterns).filter_map(Pattern::up_to_captures);
    for whole in wholes {
        for &(root, rank) in tree.roots(&whole).iter().filter(|root| !tree.is_outside(root.0)) {
            // What is captured where no layer is, is no context.
            let captured = tree.captured(&whole, root);
            let known =
                captured.iter().find_map(|captured| layering.captured.get_index_of(captured));
            let Some(index) = known.and_then(|index| u32::try_from(index).ok()) else { continue };
            for node in tree.subtree(root) {
                if ranks[node] < rank {
                    (ranks[node], contexts[node]) = (rank, index);
                }
            }
        }
    }
    contexts
}
