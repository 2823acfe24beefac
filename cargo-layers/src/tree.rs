//! From the crates of a workspace to its module tree: which file is which module.

mod conditions;
mod files;
mod mount;

use camino::Utf8PathBuf;
use layers_rules::facts::CrateKind;
use layers_rules::names::{Name, Names};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::parse::item_tree::{CfgIndex, ItemTree, ScopeKind, Symbol};
use crate::workspace::Edition;

pub use conditions::join_predicates;
pub use files::shown;
pub use mount::grow;

/// A file of the workspace, by position in [`ModuleTree::files`].
pub type FileIx = u32;
/// A scope of a mounted file; [`ModuleTree::mount_of_scope`] says whose.
pub type ScopeIx = u32;
/// An item of a mounted file.
pub type ItemIx = u32;
/// An import of a mounted file.
pub type ImportIx = u32;

/// Every file, and where in the crates it is mounted.
///
/// A file is parsed once and may be mounted several times (two targets of a package,
/// `#[path]`): each mount has scopes, items and imports of its own, numbered
/// consecutively from the mount's bases on.
#[derive(Debug, Default)]
pub struct ModuleTree {
    /// Text of every name.
    pub names: Names,
    /// Parsed files, in order of discovery.
    pub files: Vec<SourceFile>,
    /// Where they are mounted; a parent comes before its children.
    pub mounts: Vec<Mount>,
    bases: Bases,
    /// The crates.
    pub crates: Vec<CrateTree>,
    /// `mod m;` without a file, loops of files.
    pub problems: Vec<TreeProblem>,
}

/// The bases of the mounts, side by side: they are searched for every name.
#[derive(Debug, Default)]
struct Bases {
    scopes: Vec<ScopeIx>,
    items: Vec<ItemIx>,
    imports: Vec<ImportIx>,
}

/// One Cargo target with the names its manifest gives it.
#[derive(Debug)]
pub struct CrateTree {
    /// Index in [`crate::workspace::Workspace::packages`].
    pub package: usize,
    /// Name as source code spells it.
    pub name: Name,
    /// Kind of target.
    pub kind: CrateKind,
    /// Edition.
    pub edition: Edition,
    /// Root scope; `None` when the root file can't be read.
    pub root: Option<ScopeIx>,
    /// Why the root file, which is there, was not read.
    pub refusal: Option<String>,
    /// The conditions that its macros add to the items they are given.
    pub macro_conditions: FxHashMap<Name, Box<str>>,
}

/// A parsed file.
#[derive(Debug)]
pub struct SourceFile {
    /// Absolute path.
    pub path: Utf8PathBuf,
    /// Path relative to the workspace root, with forward slashes.
    pub shown: String,
    /// What it says.
    pub tree: ItemTree,
    /// Its symbols as global names.
    pub names: Vec<Name>,
}

/// A file in its place in a crate.
#[derive(Clone, Debug)]
pub struct Mount {
    /// The file.
    pub file: FileIx,
    /// The crate, by position in [`ModuleTree::crates`].
    pub crate_ix: u32,
    /// The scope that declares it; `None` for a crate root.
    pub parent: Option<ScopeIx>,
    /// Its `mod m;`; several where conditions keep them apart, none for a crate root.
    pub declarations: Vec<ItemIx>,
    /// Where in the parent's file the declaration stands.
    pub start: u32,
    /// The scope that `include!`s it, which its own file scope then stands for.
    pub included_in: Option<ScopeIx>,
    /// Number of its first scope.
    pub scopes: ScopeIx,
    /// Number of its first item.
    pub items: ItemIx,
    /// Number of its first import.
    pub imports: ImportIx,
    /// Whether all of it is test-only code.
    pub test: bool,
    /// The conditions of its declarations, in the file of the parent.
    pub under: Vec<Option<CfgIndex>>,
    /// The cfg predicates around the declaration, joined; `None` for none.
    pub cfg: Option<Name>,
    /// The conditions of its file under which no code counts.
    pub excluded: FxHashSet<CfgIndex>,
    /// Whether nothing in it counts.
    pub void: bool,
}

impl Mount {
    /// Whether code under `cfg` counts here.
    #[must_use]
    pub fn counts(&self, cfg: Option<CfgIndex>) -> bool {
        !self.void && cfg.is_none_or(|cfg| !self.excluded.contains(&cfg))
    }
}

/// Something wrong with the tree of files.
#[derive(Debug)]
pub struct TreeProblem {
    /// The mounted file that holds the declaration.
    pub mount: usize,
    /// Where in it.
    pub span: layers_rules::facts::Span,
    /// What.
    pub message: String,
    /// The conditions of the declarations: the problem may be harmless when none is
    /// unconditional.
    pub under: Vec<Option<CfgIndex>>,
}

impl ModuleTree {
    /// Adds a mount behind all others.
    fn push(&mut self, mount: Mount) {
        self.bases.scopes.push(mount.scopes);
        self.bases.items.push(mount.items);
        self.bases.imports.push(mount.imports);
        self.mounts.push(mount);
    }

    /// The mount that a scope belongs to.
    #[must_use]
    pub fn mount_of_scope(&self, scope: ScopeIx) -> &Mount {
        &self.mounts[owner(&self.bases.scopes, scope)]
    }

    /// The mount that an item belongs to.
    #[must_use]
    pub fn mount_of_item(&self, item: ItemIx) -> &Mount {
        &self.mounts[self.mount_ix_of_item(item)]
    }

    /// The mount that an item belongs to, by position.
    #[must_use]
    pub fn mount_ix_of_item(&self, item: ItemIx) -> usize {
        owner(&self.bases.items, item)
    }

    /// The mount that an import belongs to.
    #[must_use]
    pub fn mount_of_import(&self, import: ImportIx) -> &Mount {
        &self.mounts[owner(&self.bases.imports, import)]
    }

    /// The file of a mount.
    #[must_use]
    pub fn file(&self, mount: &Mount) -> &SourceFile {
        &self.files[mount.file as usize]
    }

    /// The scope that scope `local` of a mounted file is.
    #[must_use]
    pub fn scope(&self, mount: &Mount, local: u32) -> ScopeIx {
        match mount.included_in {
            Some(scope) if local == 0 => scope,
            _ => mount.scopes + local,
        }
    }

    /// The scope around a scope, across files; `None` for a crate root.
    #[must_use]
    pub fn parent_scope(&self, scope: ScopeIx) -> Option<ScopeIx> {
        let mount = self.mount_of_scope(scope);
        match self.file(mount).tree.scopes[(scope - mount.scopes) as usize].parent {
            Some(local) => Some(self.scope(mount, local)),
            None => mount.parent,
        }
    }

    /// What kind of scope it is.
    #[must_use]
    pub fn scope_kind(&self, scope: ScopeIx) -> ScopeKind {
        let mount = self.mount_of_scope(scope);
        self.file(mount).tree.scopes[(scope - mount.scopes) as usize].kind
    }

    /// The predicates of a condition of a mounted file and of all around it in that
    /// file, outermost first.
    #[must_use]
    pub fn predicates<'a>(&'a self, mount: &Mount, cfg: Option<CfgIndex>) -> Vec<&'a str> {
        let file = self.file(mount);
        let by_macro = &self.crates[mount.crate_ix as usize].macro_conditions;
        let mut predicates = Vec::new();
        let mut current = cfg;
        while let Some(index) = current {
            let cfg = &file.tree.cfgs[index as usize];
            match cfg.by_macro {
                None => predicates.push(&*cfg.predicate),
                Some(name) => predicates.extend(by_macro.get(&file.name(name)).map(|text| &**text)),
            }
            current = cfg.outer;
        }
        predicates.reverse();
        predicates
    }

    /// How many scopes there are.
    #[must_use]
    pub fn scope_count(&self) -> usize {
        self.mounts
            .last()
            .map_or(0, |mount| mount.scopes as usize + self.file(mount).tree.scopes.len())
    }

    /// How many items there are.
    #[must_use]
    pub fn item_count(&self) -> usize {
        self.mounts
            .last()
            .map_or(0, |mount| mount.items as usize + self.file(mount).tree.items.len())
    }

    /// How many imports there are.
    #[must_use]
    pub fn import_count(&self) -> usize {
        self.mounts
            .last()
            .map_or(0, |mount| mount.imports as usize + self.file(mount).tree.imports.len())
    }
}

/// The position of the last base that is not behind `index`.
fn owner(bases: &[u32], index: u32) -> usize {
    bases.partition_point(|base| *base <= index) - 1
}

impl SourceFile {
    /// The global name of a symbol.
    #[must_use]
    pub fn name(&self, symbol: Symbol) -> Name {
        self.names[symbol.0 as usize]
    }
}
