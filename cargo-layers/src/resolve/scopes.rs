//! The name table: bindings by scope, name and namespace, and who sees them.

use layers_rules::names::Name;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::{ChainIx, Chains, Def, Link};
use crate::parse::item_tree::{Namespace, ScopeKind};
use crate::tree::{ImportIx, ItemIx, ScopeIx};

/// The visibility of a binding: everywhere, or in a module and all below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visible(ScopeIx);

impl Visible {
    pub const EVERYWHERE: Self = Self(ScopeIx::MAX);

    pub fn within(module: ScopeIx) -> Self {
        Self(module)
    }

    pub fn module(self) -> Option<ScopeIx> {
        (self != Self::EVERYWHERE).then_some(self.0)
    }
}

/// What a name means in one scope and namespace.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    pub def: Def,
    pub visible: Visible,
    /// The import that brought it; `None` for a definition.
    pub import: Option<ImportIx>,
    /// Whether that import is a glob.
    pub glob: bool,
    /// The re-exports that import went through.
    pub via: ChainIx,
}

/// The bindings of one name in one scope and namespace.
///
/// There are several explicit ones only where conditions keep them apart, and several
/// by glob where they are ambiguous.
#[derive(Debug, Default)]
pub struct Slot {
    pub bindings: SmallVec<[Binding; 1]>,
    /// How many imports may still bind the name here.
    pub pending: u16,
    /// The place of each definition among the bindings, once there are too many to look through.
    index: Option<Box<FxHashMap<Def, usize>>>,
}

/// As many bindings of one name are looked through one by one.
const FEW: usize = 16;

impl Slot {
    pub fn has_explicit(&self) -> bool {
        self.bindings.first().is_some_and(|binding| !binding.glob)
    }

    /// The binding of a definition.
    fn find(&mut self, def: Def) -> Option<&mut Binding> {
        let place = match &self.index {
            Some(index) => index.get(&def).copied(),
            None => self.bindings.iter().position(|known| known.def == def),
        };
        self.bindings.get_mut(place?)
    }

    fn push(&mut self, binding: Binding) {
        let place = self.bindings.len();
        self.bindings.push(binding);
        match &mut self.index {
            Some(index) => {
                index.insert(binding.def, place);
            }
            None if place == FEW => {
                let places = self.bindings.iter().enumerate();
                let index = places.map(|(place, known)| (known.def, place)).collect();
                self.index = Some(Box::new(index));
            }
            None => {}
        }
    }

    /// Keeps the bindings that are wanted.
    fn retain(&mut self, is_wanted: impl Fn(&Binding) -> bool) {
        self.bindings.retain(|binding| is_wanted(binding));
        let kept = std::mem::take(&mut self.bindings);
        self.index = None;
        for binding in kept {
            self.push(binding);
        }
    }
}

/// A glob import that has been resolved, at its source.
#[derive(Clone, Copy, Debug)]
pub struct GlobLink {
    pub importer: ScopeIx,
    pub visible: Visible,
    pub import: ImportIx,
    pub via: ChainIx,
}

/// The import that asks, and the reservations it holds on what it asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Own {
    pub import: Option<ImportIx>,
    pub singles: u16,
    pub globs: u16,
}

/// The outcome of a look-up.
pub enum Found {
    Yes(SmallVec<[Binding; 1]>),
    No,
    /// Something that is still open may decide it.
    Maybe,
}

/// Whether open imports are waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Patience {
    /// A look-up that may still change is undetermined.
    Waits,
    /// What is there now is all there is.
    TakesWhatIsThere,
}

/// The look-up key of a name in a scope.
pub type Key = (ScopeIx, Name, Namespace);

/// The name table of a workspace.
#[derive(Debug, Default)]
pub struct Scopes {
    /// Scope around a scope, across files.
    pub parent: Vec<Option<ScopeIx>>,
    /// Where a scope starts, in the file of its parent.
    pub start: Vec<u32>,
    pub kind: Vec<ScopeKind>,
    /// Nearest real module, itself included.
    pub module: Vec<ScopeIx>,
    pub crate_ix: Vec<u32>,
    pub slots: FxHashMap<Key, Slot>,
    /// Names bound in a scope, in order, for globs.
    pub bound: Vec<Vec<(Name, Namespace)>>,
    /// Globs that take from a scope.
    pub taken_by: Vec<Vec<GlobLink>>,
    /// Scopes that a scope takes from by glob.
    pub takes_from: Vec<Vec<ScopeIx>>,
    /// How many globs of a scope are unresolved.
    pub pending_globs: Vec<u16>,
    /// `macro_rules!` by the scope they stand in: position behind which they are in
    /// textual scope, and the item.
    pub textual: FxHashMap<(ScopeIx, Name), Vec<(u32, ItemIx)>>,
}

impl Scopes {
    /// Whether `scope` lies in `module` or is it.
    pub fn is_within(&self, scope: ScopeIx, module: ScopeIx) -> bool {
        let mut current = Some(scope);
        while let Some(index) = current {
            if index == module {
                return true;
            }
            current = self.parent[index as usize];
        }
        false
    }

    pub fn sees(&self, from: ScopeIx, visible: Visible) -> bool {
        visible == Visible::EVERYWHERE || self.is_within(from, visible.0)
    }

    /// The narrower of two visibilities.
    pub fn narrower(&self, one: Visible, other: Visible) -> Visible {
        if one == Visible::EVERYWHERE {
            other
        } else if other == Visible::EVERYWHERE || self.is_within(one.0, other.0) {
            one
        } else {
            other
        }
    }

    /// Adds a binding, and hands it on to the globs that take from its scope.
    pub fn bind(&mut self, chains: &mut Chains, key: Key, binding: Binding) {
        if self.insert(key, binding) {
            self.hand_on(chains, key);
        }
    }

    /// Adds a binding in its own scope; whether that changed what the name means.
    fn insert(&mut self, key: Key, binding: Binding) -> bool {
        let slot = self.slots.entry(key).or_default();
        if binding.glob && slot.has_explicit() {
            return false;
        }
        if !binding.glob && !slot.has_explicit() {
            slot.retain(|_| false);
        }
        if let Some(known) = slot.find(binding.def) {
            if binding.visible == Visible::EVERYWHERE && known.visible != binding.visible {
                known.visible = binding.visible;
                return true;
            }
            return false;
        }
        if slot.bindings.is_empty() {
            self.bound[key.0 as usize].push((key.1, key.2));
        }
        slot.push(binding);
        true
    }

    /// Brings the globs that take from a scope up to date for one name.
    fn hand_on(&mut self, chains: &mut Chains, key: Key) {
        let mut open = vec![key];
        while let Some((scope, name, namespace)) = open.pop() {
            for link in self.taken_by[scope as usize].clone() {
                let key = (link.importer, name, namespace);
                if self.take(chains, scope, link, key) {
                    open.push(key);
                }
            }
        }
    }

    /// What a glob takes from its source for one name; whether that changed anything.
    fn take(&mut self, chains: &mut Chains, source: ScopeIx, link: GlobLink, key: Key) -> bool {
        if source == link.importer {
            return false;
        }
        let offered: SmallVec<[Binding; 1]> = self
            .slots
            .get(&(source, key.1, key.2))
            .into_iter()
            .flat_map(|slot| slot.bindings.iter().copied())
            .filter(|binding| self.sees(link.importer, binding.visible))
            .collect();
        let is_withdrawn = |known: &Binding| {
            known.import == Some(link.import)
                && !offered.iter().any(|binding| binding.def == known.def)
        };
        // Looked for only where something may go, since many globs take from one source.
        let known = self.slots.get(&key).map_or(&[][..], |slot| &slot.bindings);
        let elsewhere = if known.iter().any(is_withdrawn) {
            self.offered_elsewhere(source, link, key)
        } else {
            SmallVec::new()
        };
        if let Some(slot) = self.slots.get_mut(&key) {
            if slot.has_explicit() {
                return false;
            }
            // What the source no longer offers has been shadowed there.
            let before = slot.bindings.len();
            slot.retain(|known| !is_withdrawn(known) || elsewhere.contains(&known.def));
            if slot.bindings.is_empty() && before > 0 {
                self.bound[key.0 as usize].retain(|bound| *bound != (key.1, key.2));
            }
        }
        let mut changed = false;
        for binding in offered {
            let via = match binding.import {
                Some(import) => {
                    let there = chains.link(Link::Import(import), binding.via);
                    chains.concat(link.via, there)
                }
                None => link.via,
            };
            changed |= self.insert(
                key,
                Binding {
                    def: binding.def,
                    visible: self.narrower(link.visible, binding.visible),
                    import: Some(link.import),
                    glob: true,
                    via,
                },
            );
        }
        changed
    }

    /// What a glob takes for one name from its other sources: it has several where
    /// conditions keep several modules of one name apart.
    fn offered_elsewhere(&self, source: ScopeIx, link: GlobLink, key: Key) -> SmallVec<[Def; 1]> {
        self.takes_from[link.importer as usize]
            .iter()
            .filter(|other| **other != source)
            .filter(|other| {
                let links = &self.taken_by[**other as usize];
                links.iter().any(|known| known.import == link.import)
            })
            .filter_map(|other| self.slots.get(&(*other, key.1, key.2)))
            .flat_map(|slot| slot.bindings.iter().map(|binding| binding.def))
            .collect()
    }

    /// Connects a resolved glob to its source.
    pub fn connect(&mut self, chains: &mut Chains, source: ScopeIx, link: GlobLink) {
        let known = &self.taken_by[source as usize];
        if known.iter().any(|known| known.import == link.import) {
            return;
        }
        self.taken_by[source as usize].push(link);
        self.takes_from[link.importer as usize].push(source);
        for (name, namespace) in self.bound[source as usize].clone() {
            let key = (link.importer, name, namespace);
            if self.take(chains, source, link, key) {
                self.hand_on(chains, key);
            }
        }
    }

    /// Looks a name up in one scope. What the asking import has brought itself does not
    /// count.
    pub fn look_up(&self, key: Key, patience: Patience, own: Own) -> Found {
        let slot = self.slots.get(&key);
        if let Some(slot) = slot {
            let mut bindings = slot.bindings.clone();
            bindings.retain(|binding| own.import.is_none() || binding.import != own.import);
            let explicit = bindings.first().is_some_and(|binding| !binding.glob);
            if explicit {
                return Found::Yes(bindings);
            }
            if patience == Patience::Waits && slot.pending > own.singles {
                return Found::Maybe;
            }
            if !bindings.is_empty() {
                return Found::Yes(bindings);
            }
        }
        let open = patience == Patience::Waits
            && (self.pending_globs[key.0 as usize] > own.globs
                || self.sources_open(key, &mut SmallVec::new()));
        if open { Found::Maybe } else { Found::No }
    }

    /// Whether a glob of the scope may still bring the name.
    fn sources_open(&self, key: Key, seen: &mut SmallVec<[ScopeIx; 8]>) -> bool {
        self.takes_from[key.0 as usize].iter().any(|source| {
            if seen.contains(source) {
                return false;
            }
            seen.push(*source);
            let key = (*source, key.1, key.2);
            let slot = self.slots.get(&key);
            if slot.is_some_and(Slot::has_explicit) {
                return false;
            }
            slot.is_some_and(|slot| slot.pending > 0)
                || self.pending_globs[*source as usize] > 0
                || self.sources_open(key, seen)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn binding(scope: ScopeIx) -> Binding {
        let visible = Visible::EVERYWHERE;
        Binding { def: Def::Module(scope), visible, import: None, glob: false, via: ChainIx::EMPTY }
    }

    #[test]
    fn each_of_many_bindings_of_one_name_is_found() {
        let mut slot = Slot::default();
        let many = 3 * u32::try_from(FEW).expect("few");
        for scope in 0..many {
            assert!(slot.find(Def::Module(scope)).is_none());
            slot.push(binding(scope));
        }
        let def = |slot: &mut Slot, scope| slot.find(Def::Module(scope)).map(|known| known.def);
        for scope in 0..many {
            assert_eq!(def(&mut slot, scope), Some(Def::Module(scope)));
        }
        slot.retain(|known| matches!(known.def, Def::Module(scope) if scope % 2 == 0));
        for scope in 0..many {
            let expected = (scope % 2 == 0).then_some(Def::Module(scope));
            assert_eq!(def(&mut slot, scope), expected);
        }
        slot.retain(|_| false);
        assert!(def(&mut slot, 0).is_none());
    }
}
