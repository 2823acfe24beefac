//! Lists of path patterns and names, once they are resolved.

use super::LayerId;
use crate::finding::Location;
use crate::pattern::Pattern;
use crate::prose;

/// A list of path patterns and names.
#[derive(Clone, Debug, Default)]
pub struct Operand {
    /// What the list stands for, sets written out.
    pub terms: Vec<Term>,
    /// The entries of the list, in words: `domain` for `@domain`.
    pub words: Vec<String>,
    /// Where the list stands.
    pub location: Location,
}

/// One part of an operand.
#[derive(Clone, Debug)]
pub struct Term {
    /// What it stands for.
    pub kind: TermKind,
    /// As written.
    pub text: String,
    /// Where it stands in the operand; for a member of a set, where the set is named.
    pub location: Location,
    /// The set it comes from, if it does.
    pub set: Option<String>,
}

/// What a term stands for.
#[derive(Clone, Debug)]
pub enum TermKind {
    /// A subtree.
    Path(Pattern),
    /// What a layer holds, or the part of it that is in one of the subtrees.
    Layer {
        /// The layer.
        layer: LayerId,
        /// The subtrees, when only a part is meant (`@application::**::ports`).
        within: Option<Vec<Pattern>>,
    },
}

impl Operand {
    /// Whether it stands for all of a layer.
    #[must_use]
    pub fn names(&self, layer: LayerId) -> bool {
        let is_meant = |term: &Term| matches!(term.kind, TermKind::Layer { layer: named, within: None } if named == layer);
        self.terms.iter().any(is_meant)
    }

    /// Whether it stands for layers alone, and for all of each.
    #[must_use]
    pub fn is_of_layers(&self) -> bool {
        self.terms.iter().all(|term| matches!(term.kind, TermKind::Layer { within: None, .. }))
    }

    /// The entries, any of which is meant: "`a` or `b`".
    #[must_use]
    pub fn sentence(&self) -> String {
        prose::any_of(&self.words)
    }

    /// The entries, all of which are meant: "`a` and `b`".
    #[must_use]
    pub fn all(&self) -> String {
        prose::all_of(&self.words)
    }
}
