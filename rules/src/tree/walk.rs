//! Walking the tree and a pattern together.

use std::sync::PoisonError;

use super::{NodeId, PathTree, Root, Roots};
use crate::facts::CrateKind;
use crate::pattern::{Captured, Pattern, Progress, Segment};

/// How well a pattern fits a node: first how deep the node it names is, then how
/// literally it names it. Of two patterns that both cover a thing, the one of higher
/// rank is the more specific.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Rank(u32);

impl Rank {
    /// The rank of what is not covered at all, below every other.
    pub const NONE: Self = Self(0);

    /// Whether something is covered.
    #[must_use]
    pub fn is_some(self) -> bool {
        self.0 != 0
    }

    fn new(depth: u16, literal: usize, characters: usize) -> Self {
        let capped = |value: usize, cap: u32| u32::try_from(value).unwrap_or(cap).min(cap);
        let depth = u32::from(depth).min(0xff);
        Self((depth << 24) | (capped(literal, 0xff) << 16) | capped(characters, 0xffff))
    }
}

impl PathTree<'_> {
    /// The nodes a pattern names, sorted, with the rank of each; what is below them
    /// belongs to the pattern too. A node below another of them can be among them.
    #[must_use]
    pub fn roots(&self, pattern: &Pattern) -> Roots {
        let mut known = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(roots) = known.get(pattern.text()) {
            return Roots::clone(roots);
        }
        let roots: Roots = self.walk(pattern).into();
        known.insert(pattern.text().to_owned(), Roots::clone(&roots));
        roots
    }

    fn walk(&self, pattern: &Pattern) -> Vec<(NodeId, Rank)> {
        let (literal, characters) = pattern.literalness();
        let mut found = Vec::new();
        for root in self.crates() {
            let Some((progress, by_own_name)) = self.enter(root, pattern) else { continue };
            let literal = literal + usize::from(by_own_name);
            let mut pending = vec![(root.node, progress)];
            while let Some((node, progress)) = pending.pop() {
                if pattern.accepts(progress) && self.is_consistent(pattern, node) {
                    found.push((node, Rank::new(self.depth(node), literal, characters)));
                }
                if !pattern.can_go_on(progress) {
                    continue;
                }
                for child in self.children(node) {
                    let next = pattern.advance(progress, self.name(child));
                    if !next.is_dead() {
                        pending.push((child, next));
                    }
                }
            }
        }
        found.sort_unstable();
        found
    }

    /// What a pattern captures where it names `node`: every way to match it, which is none
    /// where a name would have to stand for several values. Without captures it is one way
    /// that captures nothing.
    #[must_use]
    pub fn captured(&self, pattern: &Pattern, node: NodeId) -> Vec<Captured> {
        if !pattern.has_captures() {
            return vec![Captured::default()];
        }
        let root = self.root(node);
        let path = self.path_below_root(node);
        let mut first = self.names_of(root, pattern);
        first.extend(root.own_name.as_deref());
        pattern.captured(&first, &path)
    }

    /// Whether a pattern would name a thing called `name` in `module`, or something above it:
    /// what a re-export brings there has no node of its own.
    #[must_use]
    pub fn would_name(&self, pattern: &Pattern, module: NodeId, name: &str) -> bool {
        let root = self.root(module);
        let Some((mut progress, _)) = self.enter(root, pattern) else { return false };
        let mut path = self.path_below_root(module);
        path.push(name);
        let mut is_named = pattern.accepts(progress);
        for name in path {
            progress = pattern.advance(progress, name);
            is_named |= pattern.accepts(progress);
        }
        is_named
    }

    /// The segments of a node's path behind its crate.
    fn path_below_root(&self, node: NodeId) -> Vec<&str> {
        let mut path = Vec::new();
        let mut current = node;
        while let Some(parent) = self.parent(current) {
            path.push(self.name(current));
            current = parent;
        }
        path.reverse();
        path
    }

    fn is_consistent(&self, pattern: &Pattern, node: NodeId) -> bool {
        !pattern.has_captures() || !self.captured(pattern, node).is_empty()
    }

    /// Whether the crate a pattern begins with is known, in the workspace or outside.
    #[must_use]
    pub fn knows_crate(&self, pattern: &Pattern) -> bool {
        self.crates().iter().any(|root| self.enter(root, pattern).is_some())
    }

    /// Whether the crate a pattern begins with is one outside the workspace.
    #[must_use]
    pub fn begins_outside(&self, pattern: &Pattern) -> bool {
        self.crates()
            .iter()
            .any(|root| root.crate_id.is_none() && self.enter(root, pattern).is_some())
    }

    /// The progress of a pattern after a crate's name, and whether the crate is a binary
    /// that was named by its own name and not its package's.
    fn enter(&self, root: &Root, pattern: &Pattern) -> Option<(Progress, bool)> {
        if !self.is_target(root, pattern) {
            return None;
        }
        let by_names = |names: &[&str]| {
            let accepts = |segment: &Segment| names.iter().any(|name| segment.matches(name));
            let progress = pattern.advance_any(pattern.start(), accepts);
            (!progress.is_dead()).then_some(progress)
        };
        let own_name = root.own_name.as_deref();
        by_names(&self.names_of(root, pattern))
            .map(|progress| (progress, false))
            .or_else(|| Some((by_names(&[own_name?])?, true)))
    }

    /// The names that a crate goes by where it is asked for by `pattern`.
    fn names_of<'r>(&self, root: &'r Root, pattern: &Pattern) -> Vec<&'r str> {
        let mut names: Vec<&str> = root.names().collect();
        // What is asked of std is asked of the crates it shows under its own name.
        let is_part_of_std =
            root.crate_id.is_none() && matches!(self.name(root.node), "core" | "alloc");
        if is_part_of_std && pattern.literal_root() == Some("std") {
            names.push("std");
        }
        names
    }

    fn is_target(&self, root: &Root, pattern: &Pattern) -> bool {
        let Some(target) = pattern.target() else { return true };
        let Some(crate_id) = root.crate_id else { return false };
        let kind = self.facts().crates[crate_id.index()].kind;
        let is_library = kind == CrateKind::ProcMacro && target.kind == CrateKind::Lib;
        (kind == target.kind || is_library)
            && target.name.as_ref().is_none_or(|name| *name == root.target_name)
    }
}
