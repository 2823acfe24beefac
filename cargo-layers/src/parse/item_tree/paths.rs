//! Paths as they are written.

use layers_rules::facts::{DependencyKind, Span};

use super::{CfgIndex, ItemIndex, Namespace, PlaceIndex, ScopeIndex};

/// A stretch of [`ItemTree::segments`](super::ItemTree::segments).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segments {
    /// First.
    pub start: u32,
    /// How many.
    pub len: u16,
}

/// Where a path begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// At a name in scope.
    Plain,
    /// `::a`
    Global,
    /// `crate::a`
    Crate,
    /// `$crate::a`
    DollarCrate,
    /// `self::a` (0), `super::a` (1), `super::super::a` (2), …
    Super(u8),
}

/// What something stands in. Most of what a function says has this in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Innermost scope.
    pub scope: ScopeIndex,
    /// Innermost item.
    pub item: Option<ItemIndex>,
    /// Condition.
    pub cfg: Option<CfgIndex>,
}

/// A written path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenPath {
    /// What it stands in.
    pub place: PlaceIndex,
    /// Where it begins.
    pub anchor: Anchor,
    /// Its names.
    pub segments: Segments,
    /// From its first to its last segment.
    pub span: Span,
    /// What kind of dependency it makes.
    pub kind: DependencyKind,
    /// Namespaces its last segment may be in, the likeliest tried first.
    pub namespace: Option<Namespace>,
    /// Whether it may not be a path at all (macro arguments, derive helpers), so that
    /// not finding it means nothing.
    pub speculative: bool,
}
