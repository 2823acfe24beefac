//! What each module holds, in terms of facts.

use layers_rules::facts::{ChainId, FileId, ModuleId, Span, Target};
use layers_rules::names::Name;
use rustc_hash::{FxHashMap, FxHashSet};

use super::edges::Edges;
use crate::parse::item_tree::{ImportKind, Namespace, ScopeKind};
use crate::resolve::{ChainIx, Def, NameInModule};
use crate::tree::{ImportIx, ScopeIx};

/// The names that one module holds.
#[derive(Clone, Debug)]
pub struct ModuleContents {
    /// The module.
    pub module: ModuleId,
    /// Its names; sorted by name, namespace and what they mean once shown.
    pub names: Vec<NameEntry>,
    /// Its globs whose names can't be seen.
    pub open_globs: Vec<OpenGlobEntry>,
}

/// A name that a module holds.
#[derive(Clone, Debug)]
pub struct NameEntry {
    /// The name.
    pub name: Name,
    /// Its namespace.
    pub namespace: Namespace,
    /// What it means.
    pub meaning: NameMeaning,
    /// Who may use it.
    pub visibility: NameVisibility,
    /// The import that brought it; `None` for a definition.
    pub import: Option<ImportPlace>,
    /// The re-exports from there to the definition.
    pub chain: ChainId,
}

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameMeaning {
    /// A thing.
    Target(Target),
    /// A type of the language.
    Builtin,
    /// What a macro makes in this module.
    Made(ModuleId),
    /// Not known: an import leads nowhere, or to something that can't be seen.
    Unknown,
}

/// Who may use a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameVisibility {
    /// Everyone.
    Public,
    /// The crate.
    Crate,
    /// The module that holds it, and those below.
    Private,
    /// Another module, and those below it.
    Restricted(ModuleId),
}

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportPlace {
    /// Whether it is a glob.
    pub glob: bool,
    /// Its path as written.
    pub written: Name,
    /// File.
    pub file: FileId,
    /// Where in that file.
    pub span: Span,
}

/// A glob import whose names can't be seen.
#[derive(Clone, Copy, Debug)]
pub struct OpenGlobEntry {
    /// What it takes from, if that is known.
    pub to: Option<Target>,
    /// The import.
    pub import: ImportPlace,
}

/// Behind something that can't be seen, an import may bring its name in every namespace.
/// Where it is known to bring it in one, the others are guesses; else one stands for all.
fn one_of_unknown(names: &mut Vec<NameInModule>) {
    let is_unknown = |name: &NameInModule| name.def.is_none_or(Def::is_unseen);
    let known: FxHashSet<_> = names
        .iter()
        .filter(|name| !is_unknown(name))
        .map(|name| (name.name, name.import))
        .collect();
    let mut seen = FxHashSet::default();
    names.sort_by_key(|name| name.namespace);
    names.retain(|name| {
        let key = (name.name, name.import);
        !is_unknown(name) || name.import.is_none() || (!known.contains(&key) && seen.insert(key))
    });
}

impl Edges<'_> {
    /// What every module holds, in the order of the modules.
    pub(super) fn contents(&mut self) -> Vec<ModuleContents> {
        let mut more: FxHashMap<ScopeIx, Vec<NameInModule>> = FxHashMap::default();
        for (scope, name) in self.resolver.unresolved_imports() {
            more.entry(scope).or_default().push(name);
        }
        for (scope, name, def) in self.resolver.textual_macros() {
            more.entry(scope).or_default().push(NameInModule {
                name,
                namespace: Namespace::Macro,
                def: Some(def),
                visible_in: Some(scope),
                import: None,
                glob: false,
                via: ChainIx::EMPTY,
            });
        }
        let mut globs: FxHashMap<ScopeIx, Vec<_>> = FxHashMap::default();
        for (scope, glob) in self.resolver.open_globs() {
            globs.entry(scope).or_default().push(glob);
        }
        let mut contents = Vec::new();
        for (scope, module) in self.modules() {
            let mut names = self.resolver.names_in_module(scope);
            let known: FxHashSet<_> =
                names.iter().map(|name| (name.name, name.namespace, name.def)).collect();
            let more = more.remove(&scope).unwrap_or_default();
            names.extend(
                more.into_iter()
                    .filter(|name| !known.contains(&(name.name, name.namespace, name.def))),
            );
            one_of_unknown(&mut names);
            let names = names.into_iter().map(|name| self.name_entry(scope, &name)).collect();
            let globs = globs.remove(&scope).unwrap_or_default();
            let open_globs = globs
                .into_iter()
                .map(|glob| OpenGlobEntry {
                    to: glob.def.and_then(|def| self.targets.of(self.resolver, self.facts, def)),
                    import: self.import_place(glob.import),
                })
                .collect();
            contents.push(ModuleContents { module, names, open_globs });
        }
        contents
    }

    /// The scopes that are modules.
    fn modules(&self) -> Vec<(ScopeIx, ModuleId)> {
        let tree = &self.resolver.tree;
        let mut modules = Vec::new();
        for mount in &tree.mounts {
            for (local, scope) in (0..).zip(&tree.file(mount).tree.scopes) {
                let is_module = match scope.kind {
                    ScopeKind::File => mount.included_in.is_none(),
                    ScopeKind::Module => true,
                    ScopeKind::Block | ScopeKind::Enum => false,
                };
                let own = mount.scopes + local;
                if let (true, Some(module)) = (is_module, self.targets.module_of_scope(own)) {
                    modules.push((own, module));
                }
            }
        }
        modules
    }

    fn name_entry(&mut self, scope: ScopeIx, name: &NameInModule) -> NameEntry {
        let meaning = match name.def {
            None | Some(Def::Unknown) => NameMeaning::Unknown,
            Some(Def::Made(scope)) => {
                self.targets.module_of_scope(scope).map_or(NameMeaning::Unknown, NameMeaning::Made)
            }
            Some(Def::Builtin) => NameMeaning::Builtin,
            Some(def) => self
                .targets
                .of(self.resolver, self.facts, def)
                .map_or(NameMeaning::Unknown, NameMeaning::Target),
        };
        NameEntry {
            name: name.name,
            namespace: name.namespace,
            meaning,
            visibility: self.name_visibility(scope, name),
            import: name.import.map(|import| self.import_place(import)),
            chain: self.chain(name.via),
        }
    }

    fn name_visibility(&self, scope: ScopeIx, name: &NameInModule) -> NameVisibility {
        let Some(within) = name.visible_in else { return NameVisibility::Public };
        let is_root = self.resolver.tree.parent_scope(within).is_none();
        // In a crate root the two are the same, and what is written decides.
        if within == scope && (!is_root || self.resolver.is_written_private(name)) {
            return NameVisibility::Private;
        }
        if is_root {
            return NameVisibility::Crate;
        }
        self.targets
            .module_of_scope(within)
            .map_or(NameVisibility::Private, NameVisibility::Restricted)
    }

    fn import_place(&mut self, import: ImportIx) -> ImportPlace {
        let mount = self.resolver.tree.mount_of_import(import).clone();
        let local = (import - mount.imports) as usize;
        let entry = self.resolver.tree.file(&mount).tree.imports[local].clone();
        let glob = entry.kind == ImportKind::Glob;
        let written = self.written(&mount, entry.anchor, entry.path, glob);
        ImportPlace { glob, written, file: FileId::new(mount.file as usize), span: entry.span }
    }
}
