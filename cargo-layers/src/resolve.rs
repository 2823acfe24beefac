//! From module trees to what every name means.
//!
//! One table over the whole workspace: for each scope, name and namespace the bindings
//! that stand there ([`scopes`]). [`declare`] fills it with what files declare,
//! [`imports`] brings in what `use` names until nothing changes, and [`paths`] then
//! looks any written path up.

mod chains;
mod contents;
mod declare;
mod externals;
mod imports;
mod macros;
mod made;
mod members;
pub mod paths;
mod prelude;
mod scopes;

use layers_rules::facts::ItemKind;
use layers_rules::names::Name;
use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::parse::item_tree::ImportKind;
use crate::parse::item_tree::Visibility;
use crate::tree::{ImportIx, ItemIx, ModuleTree, ScopeIx};
use crate::workspace::Workspace;

pub use chains::{ChainIx, Chains, Link};
pub use contents::{NameInModule, OpenGlob};
pub use externals::{ExternalIx, Externals};
pub use imports::ImportState;
use macros::MacroUse;
use prelude::Prelude;
use scopes::Scopes;

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Def {
    /// A module, by its scope.
    Module(ScopeIx),
    /// An item that is no module.
    Item(ItemIx),
    /// Something outside the workspace.
    External(ExternalIx),
    /// A type of the language.
    Builtin,
    /// Something that a macro makes in this module, of which nothing is seen.
    Made(ScopeIx),
    /// Something that can't be seen, and of which it is not known where it stands: it is one
    /// of several, its module has no file, or an import that leads nowhere brings it.
    Unknown,
}

impl Def {
    /// Whether nothing of it can be seen.
    #[must_use]
    pub fn is_unseen(self) -> bool {
        matches!(self, Self::Made(_) | Self::Unknown)
    }
}

/// A name table for every scope of a workspace, complete.
#[derive(Debug)]
pub struct Resolver {
    /// The module trees.
    pub tree: ModuleTree,
    /// Paths outside the workspace.
    pub externals: Externals,
    /// How imported names came where they are.
    pub chains: Chains,
    /// What each import came to, by import.
    pub imports: Vec<ImportState>,
    scopes: Scopes,
    prelude: Prelude,
    /// Per crate, the names of other crates, and the `extern crate` each is by.
    extern_names: Vec<FxHashMap<Name, (Def, ChainIx)>>,
    /// Per crate, the roots of those whose macros `#[macro_use] extern crate` brings.
    macro_use: Vec<Vec<MacroUse<ScopeIx>>>,
    /// Per crate, those outside the workspace that `#[macro_use]` stands on.
    foreign_macros: Vec<Vec<MacroUse<ExternalIx>>>,
    /// The scopes of each module item: none when its file is missing, several when
    /// `cfg_attr` gives it several files.
    module_scopes: FxHashMap<ItemIx, SmallVec<[ScopeIx; 1]>>,
    /// What attributes and derives stand on that may make others of similar names.
    stems: FxHashMap<ScopeIx, Vec<Box<str>>>,
    /// Whether every import has brought what can be seen.
    settled: bool,
    /// Stands for every name of an opaque scope.
    star: Name,
}

/// Resolves every import of the workspace.
#[must_use]
pub fn resolve(workspace: &Workspace, tree: ModuleTree) -> Resolver {
    let mut resolver = declare::declared(workspace, tree);
    imports::settle(&mut resolver);
    resolver
}

impl Resolver {
    /// How many imports and written paths there are in all mounted files.
    #[must_use]
    pub fn written_count(&self) -> usize {
        let of_mount = |mount| {
            let tree = &self.tree.file(mount).tree;
            tree.imports.len() + tree.paths.len()
        };
        self.tree.mounts.iter().map(of_mount).sum()
    }

    /// The nearest real module around a scope.
    #[must_use]
    pub fn module_of(&self, scope: ScopeIx) -> ScopeIx {
        self.scopes.module[scope as usize]
    }

    /// The crate of a scope.
    #[must_use]
    pub fn crate_of(&self, scope: ScopeIx) -> u32 {
        self.scopes.crate_ix[scope as usize]
    }

    /// Whether a trait is in scope, so that its methods can be called: declared or
    /// imported, under a name or as `_`, in the scope or around it up to its module.
    #[must_use]
    pub fn is_in_scope(&self, scope: ScopeIx, of_trait: ItemIx) -> bool {
        let of_trait = Def::Item(of_trait);
        let module = self.module_of(scope);
        let around = std::iter::successors(Some(scope), |scope| {
            self.scopes.parent[*scope as usize].filter(|_| *scope != module)
        });
        let named = around.clone().any(|scope| {
            self.scopes.bound[scope as usize].iter().any(|(name, namespace)| {
                let slot = &self.scopes.slots[&(scope, *name, *namespace)];
                slot.bindings.iter().any(|binding| binding.def == of_trait)
            })
        });
        named || around.into_iter().any(|scope| self.imports_unnamed(scope, of_trait))
    }

    fn imports_unnamed(&self, scope: ScopeIx, def: Def) -> bool {
        let mount = self.tree.mount_of_scope(scope);
        let imports = &self.tree.file(mount).tree.imports;
        (mount.imports..).zip(imports).any(|(import, entry)| {
            matches!(entry.kind, ImportKind::Single(None, _))
                && self.tree.scope(mount, entry.scope) == scope
                && self.imports[import as usize].results.iter().any(|result| result.1 == def)
        })
    }

    /// The scope of what an item holds: the variants of an enum.
    #[must_use]
    pub fn own_scope(&self, item: ItemIx) -> Option<ScopeIx> {
        let mount = self.tree.mount_of_item(item);
        let local = self.tree.file(mount).tree.items[(item - mount.items) as usize].own_scope?;
        Some(mount.scopes + local)
    }

    /// The scope of a module item.
    #[must_use]
    pub fn scopes_of_module(&self, item: ItemIx) -> &[ScopeIx] {
        self.module_scopes.get(&item).map_or(&[], |scopes| scopes.as_slice())
    }

    /// Whether it is a `macro_rules!`, which no attribute and no derive can mean.
    #[must_use]
    pub fn is_macro_rules(&self, def: Def) -> bool {
        let Def::Item(item) = def else { return false };
        let mount = self.tree.mount_of_item(item);
        let entry = &self.tree.file(mount).tree.items[(item - mount.items) as usize];
        // A procedural macro is public, `macro_rules!` never is by itself.
        entry.kind == ItemKind::Macro && entry.visibility == Visibility::Private
    }

    fn import(&self, import: ImportIx) -> (&crate::tree::Mount, &crate::parse::item_tree::Import) {
        let mount = self.tree.mount_of_import(import);
        (mount, &self.tree.file(mount).tree.imports[(import - mount.imports) as usize])
    }
}
