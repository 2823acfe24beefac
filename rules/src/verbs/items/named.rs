//! Things compared by what they resolve to, or by their names.

use crate::context::{Context, Ranks};
use crate::facts::Reference;
use crate::pattern::Pattern;
use crate::policy::Operand;
use crate::tree::NodeId;

/// What attributes, derives, traits and types are compared with. A pattern of several
/// segments is compared with what a reference resolves to, or, where that is not known,
/// with the path as written; a mere name matches the last segment of either, too.
#[derive(Clone, Debug)]
pub struct NamedTarget {
    /// The subtrees.
    pub operand: Operand,
    /// The same patterns, `@names` apart.
    pub written: Vec<Pattern>,
    /// What of the operand must exist: all but mere names, which may stand for anything.
    pub paths: Option<Operand>,
}

/// A [`NamedTarget`] with its subtrees looked up.
pub(super) struct Lookup<'s> {
    ranks: Ranks,
    written: &'s [Pattern],
}

impl NamedTarget {
    pub(super) fn lookup(&self, context: &Context<'_>) -> Lookup<'_> {
        Lookup { ranks: context.ranks(&self.operand), written: &self.written }
    }
}

impl Lookup<'_> {
    /// Whether a node is meant.
    fn holds_node(&self, context: &Context<'_>, node: NodeId) -> bool {
        self.ranks.contains(node) || self.holds_name(context.tree.name(node))
    }

    /// Whether a module that a name goes through is meant, by its path alone.
    pub(super) fn holds_module(&self, node: NodeId) -> bool {
        self.ranks.contains(node)
    }

    /// Whether what a reference means is meant.
    pub(super) fn holds(&self, context: &Context<'_>, reference: Reference) -> bool {
        let target = reference.target.map(|target| context.tree.target(target));
        self.holds_written(context, context.facts.names.text(reference.written), target)
    }

    /// Whether what is written like this is meant, when it means `target`.
    pub(super) fn holds_written(
        &self,
        context: &Context<'_>,
        written: &str,
        target: Option<NodeId>,
    ) -> bool {
        if target.is_some_and(|target| self.holds_node(context, target)) {
            return true;
        }
        self.holds_name(written.rsplit("::").next().unwrap_or(written))
            || (target.is_none() && self.holds_path(written.trim_start_matches("::")))
    }

    fn holds_name(&self, name: &str) -> bool {
        let mut names = self.written.iter().filter(|pattern| pattern.segments().len() == 1);
        names.any(|pattern| pattern.matches([name]))
    }

    fn holds_path(&self, written: &str) -> bool {
        let mut paths = self.written.iter().filter(|pattern| pattern.segments().len() > 1);
        paths.any(|pattern| pattern.matches(written.split("::")))
    }
}
