//! What files and packs say of one set.

use super::{Placed, Scope};
use crate::policy::raw::RawPatterns;

/// What all files together say of a set. A pack that comes in twice, with other names for
/// its layers, has its sets twice.
#[derive(Clone, Debug)]
pub(in crate::policy) struct SetDraft {
    /// The definition that counts, from outside packs at least.
    pub(in crate::policy) last: Placed<RawPatterns>,
    of_packs: Vec<Placed<RawPatterns>>,
}

impl SetDraft {
    pub(super) fn new(set: Placed<RawPatterns>) -> Self {
        let mut draft = Self { last: set.clone(), of_packs: Vec::new() };
        draft.define(set, true);
        draft
    }

    /// Adds a definition, which from now on is the one that `counts`.
    pub(super) fn define(&mut self, set: Placed<RawPatterns>, counts: bool) {
        if set.scope.pack.is_some() {
            self.of_packs.push(set.clone());
        }
        if counts {
            self.last = set;
        }
    }

    /// The definition that counts in `scope`: that of a file of the workspace, or that with
    /// the same names for layers.
    pub(in crate::policy) fn seen_from(&self, scope: &Scope) -> &Placed<RawPatterns> {
        let mut of_packs = self.of_packs.iter().rev();
        let near = of_packs.find(|set| set.scope.layers == scope.layers);
        near.filter(|_| self.last.scope.pack.is_some()).unwrap_or(&self.last)
    }
}
