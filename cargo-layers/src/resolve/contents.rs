//! What stands in a module, for those who show it. Preludes are not among it.

use layers_rules::names::Name;

use super::{ChainIx, Def, Resolver};
use crate::parse::item_tree::{ImportKind, Namespace, Visibility};
use crate::tree::{ImportIx, ScopeIx};

/// A name that a module holds.
#[derive(Clone, Copy, Debug)]
pub struct NameInModule {
    /// The name.
    pub name: Name,
    /// Its namespace.
    pub namespace: Namespace,
    /// What it means; `None` where an import leads nowhere.
    pub def: Option<Def>,
    /// The module that may use it, with all below it; `None` for everyone.
    pub visible_in: Option<ScopeIx>,
    /// The import that brought it; `None` for a definition.
    pub import: Option<ImportIx>,
    /// Whether that import is a glob.
    pub glob: bool,
    /// The re-exports that import went through.
    pub via: ChainIx,
}

/// A glob import that may bring names which can't be seen.
#[derive(Clone, Copy, Debug)]
pub struct OpenGlob {
    /// The import.
    pub import: ImportIx,
    /// What it takes from, if that is known.
    pub def: Option<Def>,
}

impl Resolver {
    /// The names that the module with this scope holds, in no particular order: what it
    /// defines, what imports bring, and what imports name without finding it.
    #[must_use]
    pub fn names_in_module(&self, scope: ScopeIx) -> Vec<NameInModule> {
        let mut names = Vec::new();
        for (name, namespace) in &self.scopes.bound[scope as usize] {
            if *name == self.star {
                continue;
            }
            let slot = &self.scopes.slots[&(scope, *name, *namespace)];
            names.extend(slot.bindings.iter().map(|binding| NameInModule {
                name: *name,
                namespace: *namespace,
                def: Some(binding.def),
                visible_in: binding.visible.module(),
                import: binding.import,
                glob: binding.glob,
                via: binding.via,
            }));
        }
        names
    }

    /// Every `macro_rules!` with the scope that defines it: it is in textual scope behind
    /// its definition.
    pub fn textual_macros(&self) -> impl Iterator<Item = (ScopeIx, Name, Def)> + '_ {
        self.scopes.textual.iter().flat_map(|((scope, name), macros)| {
            macros
                .iter()
                .filter(|(_, item)| self.home_of(*item) == *scope)
                .map(|(_, item)| (*scope, *name, Def::Item(*item)))
        })
    }

    /// The imports that lead nowhere, with the scope each stands in and what it would
    /// have brought there.
    pub fn unresolved_imports(&self) -> impl Iterator<Item = (ScopeIx, NameInModule)> + '_ {
        (0..).zip(&self.imports).filter(|(_, state)| state.results.is_empty()).filter_map(
            |(import, _)| {
                let (mount, entry) = self.import(import);
                let ImportKind::Single(Some(name), _) = entry.kind else { return None };
                if !mount.counts(entry.cfg) {
                    return None;
                }
                let scope = self.tree.scope(mount, entry.scope);
                let name = NameInModule {
                    name: self.tree.file(mount).name(name),
                    namespace: Namespace::Type,
                    def: None,
                    visible_in: self.visible(scope, mount, entry.visibility).module(),
                    import: Some(import),
                    glob: false,
                    via: ChainIx::EMPTY,
                };
                Some((scope, name))
            },
        )
    }

    /// The globs of all modules whose names can't be seen, with the scope each stands in:
    /// those that take from outside the workspace or from what a macro makes, and those
    /// that lead nowhere.
    pub fn open_globs(&self) -> impl Iterator<Item = (ScopeIx, OpenGlob)> + '_ {
        (0..).zip(&self.imports).filter_map(|(import, state)| {
            let (mount, entry) = self.import(import);
            let unseen = |def: &Def| matches!(def, Def::External(_)) || def.is_unseen();
            let def = state.results.first().map(|(_, def, _)| *def);
            let counts = entry.kind == ImportKind::Glob && mount.counts(entry.cfg);
            let open = counts && def.as_ref().is_none_or(unseen);
            let def = def.filter(|def| !def.is_unseen());
            open.then(|| (self.tree.scope(mount, entry.scope), OpenGlob { import, def }))
        })
    }

    /// Whether the import, or the definition, that brings a name is written without a
    /// visibility.
    #[must_use]
    pub fn is_written_private(&self, name: &NameInModule) -> bool {
        let visibility = match (name.import, name.def) {
            (Some(import), _) => self.import(import).1.visibility,
            (None, Some(Def::Item(item))) => self.written_visibility(item),
            (None, Some(Def::Module(scope))) => {
                let mount = self.tree.mount_of_scope(scope);
                let declared = match self.tree.scope_kind(scope) {
                    crate::parse::item_tree::ScopeKind::File => mount.declarations.first().copied(),
                    _ => self.item_of_inline_module(scope),
                };
                declared.map_or(Visibility::Public, |item| self.written_visibility(item))
            }
            (None, _) => Visibility::Private,
        };
        visibility == Visibility::Private
    }

    fn written_visibility(&self, item: u32) -> Visibility {
        let mount = self.tree.mount_of_item(item);
        self.tree.file(mount).tree.items[(item - mount.items) as usize].visibility
    }

    fn item_of_inline_module(&self, scope: ScopeIx) -> Option<u32> {
        let mount = self.tree.mount_of_scope(scope);
        let modules = &self.tree.file(mount).tree.modules;
        let local = scope - mount.scopes;
        let module = modules.iter().find(|module| module.body == Some(local))?;
        Some(mount.items + module.item)
    }

    fn home_of(&self, item: u32) -> ScopeIx {
        let mount = self.tree.mount_of_item(item);
        let entry = &self.tree.file(mount).tree.items[(item - mount.items) as usize];
        self.tree.scope(mount, entry.scope)
    }
}
