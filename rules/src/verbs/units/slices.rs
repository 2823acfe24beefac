//! The parts of the workspace that an operand names.

use std::collections::BTreeMap;

use crate::context::Context;
use crate::pattern::{Captured, Pattern};
use crate::policy::{LayerId, Operand, Term, TermKind};
use crate::tree::{NodeId, Thing};
use crate::verbs::require::members::members;

/// One part.
#[derive(Clone, Debug)]
pub(super) struct Slice {
    /// As messages call it.
    pub(super) name: String,
    /// The things below which it lies.
    pub(super) roots: Vec<NodeId>,
    /// The layer it is, of what lies there.
    pub(super) layer: Option<LayerId>,
}

/// The parts that an operand names: layers, the values of captures, and single things.
pub(super) fn slices(context: &Context<'_>, operand: &Operand) -> Vec<Slice> {
    let mut captured: BTreeMap<Captured, Vec<NodeId>> = BTreeMap::new();
    let mut slices = Vec::new();
    for term in &operand.terms {
        let is_captured = term.patterns().iter().any(Pattern::has_captures);
        match &term.kind {
            TermKind::Layer { layer, within: None } => {
                let name = format!("`{}`", context.policy.layer(*layer).name);
                let roots = context.named(term);
                slices.push(Slice { name, roots, layer: Some(*layer) });
            }
            _ if is_captured => {
                for (node, values) in captured_by(context, term) {
                    captured.entry(values).or_default().push(node);
                }
            }
            _ => {
                let alone = Operand { terms: vec![term.clone()], ..Operand::default() };
                slices.extend(members(context, &alone).into_iter().map(|member| Slice {
                    name: context.describe(member.nodes[0]),
                    roots: member.nodes,
                    layer: None,
                }));
            }
        }
    }
    // Where a value stands for several subtrees, all are called by their values.
    let is_spread = captured.values().any(|roots| roots.len() > 1);
    slices.extend(captured.into_iter().map(|(values, roots)| {
        let name = if is_spread {
            format!("`{}`", values.words().unwrap_or_default())
        } else {
            context.describe(roots[0])
        };
        Slice { name, roots, layer: None }
    }));
    slices
}

/// The things that a term with captures names, with the first way to capture them. Where it
/// names modules, those and not the items beside them.
fn captured_by(context: &Context<'_>, term: &Term) -> Vec<(NodeId, Captured)> {
    let mut slices = Vec::new();
    for pattern in term.patterns() {
        let roots = context.tree.roots(pattern);
        let nodes = roots.iter().map(|(node, _)| *node);
        let nodes = nodes.filter(|node| !context.tree.is_outside(*node));
        let is_module = |node: &NodeId| matches!(context.tree.thing(*node), Thing::Module(_));
        let (modules, items): (Vec<NodeId>, Vec<NodeId>) = nodes.partition(is_module);
        for node in if modules.is_empty() { items } else { modules } {
            let captured = context.tree.captured(pattern, node).into_iter().next();
            slices.extend(captured.map(|captured| (node, captured)));
        }
    }
    slices
}
