//! The sides of a rule about dependencies: who may not use what.

use indexmap::IndexSet;
use rustc_hash::FxBuildHasher;

use crate::context::{Captures, Context, agree};
use crate::facts::{Dependency, DependencyKind};
use crate::planting::dependencies::{Forbidden, plants};
use crate::planting::{Plant, Unprovable};
use crate::policy::{Operand, TermKind};
use crate::tree::NodeId;

/// The part a thing has in a rule about dependencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// None.
    Neither,
    /// It may not use what is on the other side.
    From,
    /// It may not be used.
    To,
    /// Both: some things may not use it, and others it may not use.
    Both,
}

/// The side of every node, and how to speak of the rule.
pub(super) struct Sides<'a> {
    pub(super) of: Vec<Side>,
    /// Which things of one side the rule keeps from which of the other; all from all, if
    /// absent.
    pub(super) pairs: Option<Pairs<'a>>,
    /// The kinds of dependencies that count; all, if absent.
    pub(super) kinds: Option<&'a [DependencyKind]>,
    /// What to add to the message of each violation.
    pub(super) remark: String,
    /// What the rule may not use, to name sets in messages.
    pub(super) to: Option<&'a Operand>,
}

/// Which things a rule keeps from which.
pub(super) struct Pairs<'a> {
    /// Whether the first thing may not use the second, their sides being so.
    pub(super) count: Box<dyn Fn(NodeId, NodeId) -> bool + 'a>,
    /// What tells things apart: those of one group are treated alike.
    pub(super) groups: Vec<u32>,
}

/// What two operands capture, to be compared.
pub(super) struct Joint {
    pub(super) from: Captures,
    pub(super) to: Captures,
}

impl Joint {
    pub(super) fn new(context: &Context<'_>, from: &Operand, to: &Operand) -> Self {
        Self { from: context.captures(from), to: context.captures(to) }
    }

    /// Whether `from` captures of one thing what `to` captures of the other.
    pub(super) fn agree(&self, from: NodeId, to: NodeId) -> bool {
        self.from.agree(from, &self.to, to)
    }

    /// Groups of nodes of which both operands capture the same.
    pub(super) fn groups(&self, context: &Context<'_>) -> Vec<u32> {
        let mut groups: IndexSet<(u32, u32), FxBuildHasher> = IndexSet::default();
        let group = |node| {
            let index = groups.insert_full((self.from.class(node), self.to.class(node))).0;
            u32::try_from(index).expect("fewer groups than nodes")
        };
        context.tree.nodes().map(group).collect()
    }

    /// For each class of `from`, the classes of `to` that agree with it.
    pub(super) fn agreeing(&self) -> Vec<Vec<bool>> {
        let classes = |captures: &Captures| 0..u32::try_from(captures.len()).unwrap_or(u32::MAX);
        let row = |from| {
            let agrees = |to| agree(self.from.ways(from), self.to.ways(to));
            classes(&self.to).map(agrees).collect()
        };
        classes(&self.from).map(row).collect()
    }
}

impl Sides<'_> {
    fn side(&self, node: NodeId) -> Side {
        self.of[node.index()]
    }

    /// Whether there is something that a node may not use.
    pub(super) fn is_from(&self, node: NodeId) -> bool {
        matches!(self.side(node), Side::From | Side::Both)
    }

    /// Whether there is something that may not use a node.
    pub(super) fn is_to(&self, node: NodeId) -> bool {
        matches!(self.side(node), Side::To | Side::Both)
    }

    /// Whether a node has no part in the rule.
    pub(super) fn is_neither(&self, node: NodeId) -> bool {
        self.side(node) == Side::Neither
    }

    /// Whether one node may not use another.
    pub(super) fn forbids(&self, from: NodeId, to: NodeId) -> bool {
        self.is_from(from)
            && self.is_to(to)
            && self.pairs.as_ref().is_none_or(|pairs| (pairs.count)(from, to))
    }

    /// Dependencies that it does not allow; on what `outside` names, where nobody uses
    /// that yet.
    pub(super) fn plants(
        &self,
        context: &Context<'_>,
        outside: Option<&Operand>,
        name: &str,
    ) -> Result<Vec<Plant>, Unprovable> {
        let nodes = || context.tree.nodes();
        let sources = nodes().filter(|node| self.is_from(*node));
        let targets: Vec<NodeId> = nodes().filter(|node| self.is_to(*node)).collect();
        let forbids = |from, to| self.forbids(from, to);
        let forbidden = Forbidden { forbids: &forbids, kinds: self.kinds, outside };
        plants(context, sources, &targets, &forbidden, name)
    }

    pub(super) fn counts_kind(&self, dependency: &Dependency) -> bool {
        self.kinds.is_none_or(|kinds| kinds.contains(&dependency.kind))
    }

    fn is_alike(&self, node: NodeId, other: NodeId) -> bool {
        let group = |node: NodeId| self.pairs.as_ref().map(|pairs| pairs.groups[node.index()]);
        self.side(node) == self.side(other) && group(node) == group(other)
    }

    /// The highest node above `node`, or itself, that is on the same side and in the same
    /// layer all the way.
    fn top(&self, context: &Context<'_>, node: NodeId) -> NodeId {
        let mut top = node;
        while let Some(parent) = context.tree.parent(top)
            && self.is_alike(parent, node)
            && context.layering.is_together(parent, node)
        {
            top = parent;
        }
        top
    }

    /// A node as messages name it: the subtree it belongs to, with its layer or set.
    pub(super) fn describe(&self, context: &Context<'_>, node: NodeId) -> String {
        let top = self.top(context, node);
        if context.layer_name(top).is_some() {
            return context.describe(top);
        }
        let set = self.is_to(node).then(|| self.set_of(context, top)).flatten();
        match set {
            Some(set) => format!("`{}` ({set})", context.tree.path(top)),
            None => context.describe(top),
        }
    }

    fn set_of(&self, context: &Context<'_>, node: NodeId) -> Option<&str> {
        self.to?.terms.iter().find_map(|term| {
            let set = term.set.as_deref()?;
            let TermKind::Path(pattern) = &term.kind else { return None };
            let is_root = context.tree.roots(pattern).iter().any(|(root, _)| *root == node);
            is_root.then_some(set)
        })
    }
}
