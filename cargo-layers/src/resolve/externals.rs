//! Paths outside the workspace, as a tree: nothing is known of what is really there.

use layers_rules::names::Name;
use rustc_hash::FxHashMap;

/// A path outside the workspace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExternalIx(pub u32);

/// Every path outside the workspace that was looked at.
#[derive(Clone, Debug, Default)]
pub struct Externals {
    entries: Vec<(Option<ExternalIx>, Name)>,
    known: FxHashMap<(Option<ExternalIx>, Name), ExternalIx>,
}

impl Externals {
    /// A crate.
    pub fn root(&mut self, name: Name) -> ExternalIx {
        self.entry(None, name)
    }

    /// What `name` is in `parent`.
    pub fn child(&mut self, parent: ExternalIx, name: Name) -> ExternalIx {
        self.entry(Some(parent), name)
    }

    fn entry(&mut self, parent: Option<ExternalIx>, name: Name) -> ExternalIx {
        let next = ExternalIx(u32::try_from(self.entries.len()).expect("fewer than 2^32 paths"));
        let index = *self.known.entry((parent, name)).or_insert(next);
        if index == next {
            self.entries.push((parent, name));
        }
        index
    }

    /// The last segment of a path.
    #[must_use]
    pub fn last(&self, external: ExternalIx) -> Name {
        self.entries[external.0 as usize].1
    }

    /// What a path lies in; `None` for a crate.
    #[must_use]
    pub fn parent(&self, external: ExternalIx) -> Option<ExternalIx> {
        self.entries[external.0 as usize].0
    }

    /// The segments of a path, the crate first.
    #[must_use]
    pub fn segments(&self, external: ExternalIx) -> Vec<Name> {
        let mut names = Vec::new();
        let mut current = Some(external);
        while let Some(index) = current {
            let (parent, name) = self.entries[index.0 as usize];
            names.push(name);
            current = parent;
        }
        names.reverse();
        names
    }
}
