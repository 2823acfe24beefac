//! The single things that an operand names.

use std::collections::BTreeMap;

use crate::context::Context;
use crate::facts::{CrateKind, ItemKind};
use crate::finding::Location;
use crate::policy::Operand;
use crate::tree::{NodeId, Thing};
use crate::verbs::covered::declaration;

/// A thing with all below it: the crates of a package, a module, or an item with its impls.
#[derive(Clone, Debug)]
pub(in crate::verbs) struct Member {
    /// The tops of what belongs to it; never empty.
    pub(in crate::verbs) nodes: Vec<NodeId>,
}

impl Member {
    /// The node by which it is called.
    pub(in crate::verbs) fn shown(&self) -> NodeId {
        self.nodes[0]
    }

    /// Where it is declared.
    pub(in crate::verbs) fn location(&self, context: &Context<'_>) -> Location {
        match context.tree.thing(self.shown()) {
            Thing::Item(item) => {
                let item = &context.facts.items[item.index()];
                let file = context.facts.files[item.file.index()].path.clone();
                Location { file, span: item.span }
            }
            Thing::Module(module) => declaration(context, module),
            Thing::Outside => Location::default(),
        }
    }
}

/// What `operand` names, in the order of their paths. A pattern that names modules means
/// those and not the items beside them.
pub(in crate::verbs) fn members(context: &Context<'_>, operand: &Operand) -> Vec<Member> {
    let mut members: BTreeMap<String, Member> = BTreeMap::new();
    for term in &operand.terms {
        let named = context.named(term);
        let is_module = |node: &NodeId| matches!(context.tree.thing(*node), Thing::Module(_));
        let has_modules = named.iter().any(is_module);
        let counted = named.into_iter().filter(|node| is_module(node) == has_modules);
        for node in counted.filter(|node| counts(context, *node)) {
            let member = members.entry(key(context, node)).or_insert(Member { nodes: Vec::new() });
            if !member.nodes.contains(&node) {
                member.nodes.push(node);
            }
        }
    }
    for member in members.values_mut() {
        member.nodes.sort_by_key(|node| (rank(context, *node), *node));
        // What a build script uses, its package need not use.
        if rank(context, member.nodes[0]) == 0 {
            member.nodes.retain(|node| rank(context, *node) != 1);
        }
    }
    members.into_values().filter(|member| rank(context, member.nodes[0]) < 2).collect()
}

/// What is one member: all crates of a package, or everything of one path.
fn key(context: &Context<'_>, node: NodeId) -> String {
    let package = context.tree.package(node).filter(|_| context.tree.parent(node).is_none());
    match package {
        Some(package) => {
            let package = &context.facts.packages[package.index()];
            context.facts.names.text(package.name).to_owned()
        }
        None => context.tree.path(node),
    }
}

/// Whether the rule holds for a node, as far as that is test code or not.
fn counts(context: &Context<'_>, node: NodeId) -> bool {
    match context.tree.thing(node) {
        Thing::Module(module) => context.counts_module(module),
        Thing::Item(item) => context.counts_item(item),
        Thing::Outside => false,
    }
}

/// 0 for what can be a member by itself, 1 for a build script, 2 for what only belongs to
/// something else: impls, imports, and parts of items.
fn rank(context: &Context<'_>, node: NodeId) -> u8 {
    match context.tree.thing(node) {
        Thing::Module(module) => {
            let krate = context.facts.modules[module.index()].crate_id;
            let kind = context.facts.crates[krate.index()].kind;
            let is_root = context.tree.parent(node).is_none();
            u8::from(is_root && kind == CrateKind::BuildScript)
        }
        Thing::Item(item) => match context.facts.items[item.index()].kind {
            ItemKind::Impl | ItemKind::Use | ItemKind::Field | ItemKind::Variant => 2,
            _ => 0,
        },
        Thing::Outside => 2,
    }
}
